import type {Judge} from '../check.ts'
import {admission} from './admission.ts'
import {cutOff} from './cut-off.ts'
import {fullFrames} from './full-frames.ts'
import {interfaceIs} from './interface-is.ts'
import {primaryClosed} from './primary-closed.ts'
import {primaryReplaced} from './primary-replaced.ts'
import {reaches} from './reaches.ts'
import {replicasServe} from './replicas-serve.ts'
import {routedBy} from './routed-by.ts'
import {serves} from './serves.ts'

/** Judges of what a scenario expects: their subjects are its own data. Key = file name = `check` in every report. */
export const scenarioChecks = {
  'interface-is': interfaceIs,
  'primary-replaced': primaryReplaced,
  reaches,
  'cut-off': cutOff,
  'primary-closed': primaryClosed,
  'full-frames': fullFrames,
  'routed-by': routedBy,
  serves,
  'replicas-serve': replicasServe,
  admission,
} as const satisfies Record<string, Judge>
