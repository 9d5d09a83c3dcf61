import type {Json} from '../../steps/object.ts'
import {managedBy, runLabel} from '../../templates/labels.ts'
import {probeNamespacePrefix} from '../../templates/probe-pods.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

type Subject = {
  /** Of this run: not left, but in use. */
  readonly namespace: string
}

const label = Object.entries(managedBy)
  .map(([key, value]) => `${key}=${value}`)
  .join(',')

const selector = encodeURIComponent(`${label},${runLabel}`)

/** Z01: nothing of older runs of verify is left: namespaces, objects with a run's label elsewhere, addresses of their pods. */
export const nothingLeft: Check<Subject> = {
  id: 'Z01',
  title: 'Nothing of older runs is left',
  tier: 'quick',
  severity: 'warning',
  subjects: ({namespace}) => [{namespace}],
  label: () => '',
  probes: () => ({
    namespaces: {type: 'api', path: `/api/v1/namespaces?labelSelector=${selector}`},
    pods: {type: 'api', path: `/api/v1/pods?labelSelector=${selector}`},
    networks: {
      type: 'api',
      path: `/apis/k8s.cni.cncf.io/v1/network-attachment-definitions?labelSelector=${selector}`,
    },
    pools: {type: 'api', path: '/apis/whereabouts.cni.cncf.io/v1alpha1/ippools'},
  }),
  judge(evidence, {namespace}) {
    const looked = jsonOf(evidence, 'namespaces')
    if ('missing' in looked) return couldNotLook('the namespaces of runs', looked)
    const items = (key: string) => {
      const answer = jsonOf(evidence, key)
      return 'value' in answer ? listAt(answer.value, 'items') : []
    }
    const all = items('namespaces').map((one) => ({
      name: textAt(one, 'metadata', 'name') ?? '',
      // A run does not wait for the end of its namespace: the controller takes seconds for an empty one.
      ending: textAt(one, 'metadata', 'deletionTimestamp') !== undefined,
    }))
    const namespaces = all.filter(({name, ending}) => name !== namespace && !ending).map(({name}) => name)
    const known = new Set([namespace, ...all.map(({name}) => name)])
    const objects = [...items('pods'), ...items('networks')]
      .filter((one) => !known.has(textAt(one, 'metadata', 'namespace') ?? ''))
      .map((one) => `${textAt(one, 'metadata', 'namespace')}/${textAt(one, 'metadata', 'name')}`)
    const addresses = items('pools')
      .flatMap(podsIn)
      .filter((pod) => pod.startsWith(probeNamespacePrefix) && !known.has(pod.split('/')[0] ?? ''))
    const left = [
      ...namespaces.map((name) => `namespace ${name}`),
      ...objects.map((name) => `object ${name}`),
      ...addresses.map((pod) => `address of ${pod}`),
    ]
    if (left.length === 0) return {status: 'pass', summary: 'no namespace, object or address of an older run'}
    return {
      status: 'fail',
      summary: `of older runs ${left.slice(0, 3).join(', ')}${left.length > 3 ? ` and ${left.length - 3} more` : ''} ${left.length === 1 ? 'is' : 'are'} left`,
      evidence: left,
      cause: 'a run kept what it failed on, or was killed before it could clean up',
      fix: addresses.length === left.length ? 'k8s-local repair' : 'k8s-local verify --cleanup',
    }
  },
}

function podsIn(pool: Json): readonly string[] {
  const allocations = (at(pool, 'spec', 'allocations') ?? {}) as Readonly<Record<string, Json>>
  return Object.values(allocations).map((one) => textAt(one, 'podref') ?? '')
}
