import type {Json} from '../../steps/object.ts'
import {networksAnnotation} from '../../templates/labels.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

const extended = 'k8s.cni.cncf.io'

/**
 * I04: a NetworkPolicy covers the primary interface alone. Whoever relies on one for a pod with second interfaces is told, unless a MultiNetworkPolicy
 * speaks of the same namespace.
 */
export const policyCoverage: Check<null> = {
  id: 'I04',
  title: 'Policies cover second interfaces',
  tier: 'default',
  severity: 'warning',
  needs: ['multus'],
  subjects: () => [null],
  label: () => '',
  probes: () => ({
    policies: {type: 'api', path: '/apis/networking.k8s.io/v1/networkpolicies'},
    multi: {type: 'api', path: `/apis/${extended}/v1beta1/multi-networkpolicies`},
    pods: {type: 'api', path: '/api/v1/pods'},
  }),
  judge(evidence) {
    const policies = jsonOf(evidence, 'policies')
    if ('missing' in policies) return couldNotLook('the NetworkPolicies', policies)
    const pods = jsonOf(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the pods', pods)
    const multi = jsonOf(evidence, 'multi')
    const covered = 'value' in multi ? listAt(multi.value, 'items').map(namespaceOf) : []
    const attached = listAt(pods.value, 'items').filter(isAttached)
    const open = listAt(policies.value, 'items')
      .filter((policy) => !covered.includes(namespaceOf(policy)))
      .flatMap((policy) => {
        const chosen = attached.filter((pod) => isChosen(pod, policy)).map(nameOf)
        return chosen.length > 0 ? [`${namespaceOf(policy)}/${nameOf(policy)} chooses ${chosen.join(', ')}`] : []
      })
    if (open.length === 0)
      return {status: 'skip', summary: 'no NetworkPolicy chooses a pod that has a second interface'}
    return {
      status: 'fail',
      summary: `${open.length} NetworkPolic${open.length === 1 ? 'y chooses' : 'ies choose'} pods whose second interfaces stay open`,
      evidence: open,
      cause: 'the CNI acts on NetworkPolicies on the primary interface alone',
      fix: 'keep tenants on networks of their own (bridge, VLAN, master), or install multi-networkpolicy',
    }
  },
}

function isAttached(pod: Json): boolean {
  return textAt(pod, 'metadata', 'annotations', networksAnnotation) !== undefined
}

/** By labels that have to be equal. Expressions are taken as fitting: rather one word too many. */
function isChosen(pod: Json, policy: Json): boolean {
  if (namespaceOf(pod) !== namespaceOf(policy)) return false
  const wanted = at(policy, 'spec', 'podSelector', 'matchLabels') ?? {}
  return Object.entries(wanted).every(([label, value]) => textAt(pod, 'metadata', 'labels', label) === value)
}

function namespaceOf(object: Json): string {
  return textAt(object, 'metadata', 'namespace') ?? ''
}

function nameOf(object: Json): string {
  return textAt(object, 'metadata', 'name') ?? ''
}
