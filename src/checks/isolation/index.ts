import type {Check} from '../check.ts'
import {namespaceIsolation} from './namespace-isolation.ts'
import {networksIsolated} from './networks-isolated.ts'
import {policyCoverage} from './policy-coverage.ts'
import {tenantsCannotDefine} from './tenants-cannot-define.ts'
import {vlanTagged} from './vlan-tagged.ts'

/** What must not pass does not. */
export const isolationChecks = {
  'networks-isolated': networksIsolated,
  'vlan-tagged': vlanTagged,
  'namespace-isolation': namespaceIsolation,
  'policy-coverage': policyCoverage,
  'tenants-cannot-define': tenantsCannotDefine,
} as const satisfies Record<string, Check>
