import {type MultusMode, multusModes} from '../../catalog/multus/index.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Repair} from './repair.ts'
import {waitForMultus, waitForRollout} from './waits.ts'

/** Upstream's 50Mi are not enough for a handful of pods that start at once (multus #1346; with Calico 26 kills for 5 pods). */
export const multusMemory: Repair = {
  title: 'Multus has memory',
  finds(facts) {
    const {record, manifests, multusDaemonSet, nodes} = facts
    if (!multusDaemonSet || !(record.multus in multusModes)) return []
    const {manifest} = multusModes[record.multus as MultusMode]
    const wanted = limitsOf((manifests[manifest] ?? []).find(({kind}) => kind === 'DaemonSet'))
    const found = limitsOf(multusDaemonSet)
    const low = found.flatMap((one) => {
      const ours = wanted.find(({list, name}) => list === one.list && name === one.name)
      return ours && bytesOf(one.memory) < bytesOf(ours.memory) ? [{...ours, was: one.memory}] : []
    })
    if (low.length === 0) return []
    const {namespace = 'kube-system', name} = multusDaemonSet.metadata
    return [
      {
        subject: '',
        summary: `the memory limit of Multus is ${low.map(({was}) => was).join(', ')}: too low for pods that start at once`,
        mends: [
          {
            title: `Give Multus ${low.map(({memory}) => memory).join(', ')}`,
            action: {
              type: 'patch-object',
              ref: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name},
              patch: {spec: {template: {spec: patchOf(low)}}},
            },
          },
          waitForRollout('DaemonSet', namespace, name),
          ...waitForMultus(
            nodes.map((node) => node.name),
            facts,
          ),
        ],
      },
    ]
  },
}

const lists = ['initContainers', 'containers'] as const

interface Limit {
  readonly list: (typeof lists)[number]
  /** Of the container. */
  readonly name: string
  readonly memory: string
}

function limitsOf(daemonSet: KubernetesObject | undefined): readonly Limit[] {
  const {template} = (daemonSet?.['spec'] ?? {}) as {readonly template?: {readonly spec?: PodSpec}}
  return lists.flatMap((list) =>
    (template?.spec?.[list] ?? []).flatMap(({name, resources}) => {
      const memory = resources?.limits?.memory
      return memory === undefined ? [] : [{list, name, memory}]
    }),
  )
}

type PodSpec = {
  readonly [list in (typeof lists)[number]]?: readonly {
    readonly name: string
    readonly resources?: {readonly limits?: {readonly memory?: string}}
  }[]
}

function patchOf(limits: readonly Limit[]) {
  return Object.fromEntries(
    lists.flatMap((list) => {
      const own = limits.filter((limit) => limit.list === list)
      const containers = own.map(({name, memory}) => ({name, resources: {limits: {memory}}}))
      return own.length === 0 ? [] : [[list, containers]]
    }),
  )
}

/** Of a quantity of Kubernetes: `50Mi`, `1Gi`, `268435456`. Without end for one that is none, so that it counts as enough. */
function bytesOf(quantity: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]i?|k)?$/.exec(quantity) ?? []
  if (digits === undefined) return Number.POSITIVE_INFINITY
  const power = 'KMGT'.indexOf(unit.charAt(0).toUpperCase()) + 1
  return Number(digits) * (unit.endsWith('i') ? 1024 : 1000) ** (unit === '' ? 0 : power)
}
