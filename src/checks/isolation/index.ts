import type {Check} from '../check.ts'
import {namespaceIsolation} from './namespace-isolation.ts'
import {networksIsolated} from './networks-isolated.ts'
import {policyCoverage} from './policy-coverage.ts'
import {vlanTagged} from './vlan-tagged.ts'

/** What must not pass does not. */
export const isolationChecks = {
  'networks-isolated': networksIsolated,
  'vlan-tagged': vlanTagged,
  'namespace-isolation': namespaceIsolation,
  'policy-coverage': policyCoverage,
} as const satisfies Record<string, Check>
