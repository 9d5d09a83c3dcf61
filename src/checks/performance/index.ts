import type {Check} from '../check.ts'
import {attachLatency} from './attach-latency.ts'
import {throughput} from './throughput.ts'

/** How fast it is. */
export const performanceChecks = {
  throughput,
  'attach-latency': attachLatency,
} as const satisfies Record<string, Check>

/** How the names of what each of them measures begin. */
export const measuredBy = {
  throughput: ['throughput', 'round-trip'],
  'attach-latency': ['start'],
} as const satisfies Readonly<Record<keyof typeof performanceChecks, readonly string[]>>
