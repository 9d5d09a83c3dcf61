import type {Evidence, Probe} from '../../steps/check-request.ts'
import {type Json, refOf} from '../../steps/object.ts'
import {probePod} from '../../templates/probe-pods.ts'
import type {Check, Deed, Scene, Stage} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {couldNotLook, jsonOf, type Looked, textOf} from '../seen.ts'

type Subject = {
  readonly namespace: string
  readonly networks: readonly string[]
  readonly places: readonly string[]
  /** Empty where nobody can look at nodes. */
  readonly nodes: readonly string[]
}

const podCount = 50
const podName = 'lease'

/** Where host-local keeps its leases: by default, and where the networks of k8s-local have it keep them. */
const leaseFolders = ['/run/cni/networks', '/var/lib/cni/networks']

/** Folders of what runs, by the ids that leases have (containerd 1.6 and 2.x). */
const tasks = '/run/containerd/io.containerd.runtime.v2.task/k8s.io'

/**
 * P01: after 50 pods have come and gone nothing of them is left where addresses are reserved: whereabouts' pools, host-local's files, Calico's blocks.
 * Thick Multus up to 4.3.0 leaks every address of Calico, silently (multus #1449).
 */
export const addressesReturned: Check<Subject> = {
  id: 'P01',
  title: 'Addresses come back',
  tier: 'full',
  severity: 'error',
  settleSeconds: 15,
  needs: ['multus', 'attached-pods'],
  subjects(scene) {
    const {namespace, pods, nodes, nodeAccess} = scene
    const carriers = pods.filter(({networks}) => networks.length > 0)
    return [
      {
        namespace,
        networks: oneOfEachIpam(carriers[0]?.networks ?? [], scene),
        places: [...new Set(carriers.map(({node}) => node))],
        nodes: nodeAccess.by === 'none' ? [] : nodes.map(({name}) => name),
      },
    ]
  },
  ordeal: (subject, stage) => comeAndGo(subject, stage),
  label: () => '',
  probes: ({namespace, nodes}): Readonly<Record<string, Probe>> => ({
    namespace: {type: 'api', path: `/api/v1/namespaces/${namespace}`},
    pools: {type: 'api', path: '/apis/whereabouts.cni.cncf.io/v1alpha1/ippools'},
    blocks: {type: 'api', path: '/apis/crd.projectcalico.org/v1/ipamblocks'},
    ...Object.fromEntries(
      nodes.flatMap((node): readonly (readonly [string, Probe])[] => [
        [
          `leases:${node}`,
          {
            type: 'node',
            node,
            argv: ['find', ...leaseFolders, '-type', 'f', '-name', '*[.:]*', '-printf', '%T@ %p\\n'],
          },
        ],
        [`holders:${node}`, {type: 'node', node, argv: ['grep', '-rHoE', '^[0-9a-f]{64}', ...leaseFolders]}],
        [`sandboxes:${node}`, {type: 'node', node, argv: ['ls', tasks]}],
      ]),
    ),
  }),
  judge(evidence, {namespace, nodes}) {
    const born = jsonOf(evidence, 'namespace')
    if ('missing' in born) return couldNotLook(`the namespace ${namespace}`, born)
    const since = Date.parse(textAt(born.value, 'metadata', 'creationTimestamp') ?? '') / 1000
    const left = [
      ...whereaboutsLeft(jsonOf(evidence, 'pools'), namespace),
      ...calicoLeft(jsonOf(evidence, 'blocks'), namespace),
      ...nodes.flatMap((node) => hostLocalLeft(evidence, node, since)),
    ]
    if (left.length === 0)
      return {status: 'pass', summary: `${podCount} pods came and went, and left no address behind`}
    return {
      status: 'fail',
      summary: `${left.length} addresses of ${podCount} pods that are gone are still reserved`,
      evidence: left.slice(0, 10),
      cause: 'a plugin failed while a pod ended, and the runtime goes on: thick Multus hides it (multus #1449)',
      fix: 'k8s-local repair frees them',
    }
  },
}

/** What gives an address back is its IPAM; whereabouts takes most of a second for each, one after another over all nodes. */
function oneOfEachIpam(carried: readonly string[], {networks}: Scene): readonly string[] {
  const ipams = networks.flatMap(({namespace, name, config}) => {
    const parsed = parseNetworkConfig(config)
    return 'fault' in parsed ? [] : [{network: `${namespace}/${name}`, ipam: parsed.ipam ?? 'none'}]
  })
  const known = ipams.filter(({network}) => carried.includes(network))
  const firsts = known.filter(({ipam}, index) => known.findIndex((one) => one.ipam === ipam) === index)
  return firsts.length > 0 ? firsts.map(({network}) => network) : carried.slice(0, 1)
}

function comeAndGo({networks, places, namespace}: Subject, {runId, image}: Stage): readonly Deed[] {
  const pods = Array.from({length: podCount}, (_, index) =>
    probePod({
      name: `${podName}-${index + 1}`,
      namespace,
      node: places[index % places.length] ?? '',
      networks,
      runId,
      image,
      component: podName,
    }),
  )
  const names = pods.map(({metadata}) => metadata.name)
  return [
    {title: `Start ${podCount} pods`, action: {type: 'apply-objects', objects: pods}},
    {
      title: `Wait until ${podCount} pods are Ready`,
      action: {type: 'wait', for: {type: 'pods-ready', namespace, names}, timeoutSeconds: 120, onTimeout: 'continue'},
    },
    {title: `Delete ${podCount} pods`, action: {type: 'delete-objects', objects: pods.map(refOf)}},
  ]
}

function whereaboutsLeft(pools: Looked<Json>, namespace: string): readonly string[] {
  if ('missing' in pools) return []
  return listAt(pools.value, 'items').flatMap((pool) =>
    Object.values((at(pool, 'spec', 'allocations') ?? {}) as Readonly<Record<string, Json>>)
      .map((one) => textAt(one, 'podref') ?? '')
      .filter((pod) => pod.startsWith(`${namespace}/${podName}-`))
      .map((pod) => `whereabouts, ${textAt(pool, 'spec', 'range')}: ${pod}`),
  )
}

function calicoLeft(blocks: Looked<Json>, namespace: string): readonly string[] {
  if ('missing' in blocks) return []
  return listAt(blocks.value, 'items').flatMap((block) =>
    listAt(block, 'spec', 'attributes')
      .filter(
        (one) =>
          textAt(one, 'secondary', 'namespace') === namespace &&
          (textAt(one, 'secondary', 'pod') ?? '').startsWith(`${podName}-`),
      )
      .map((one) => `Calico, ${textAt(block, 'spec', 'cidr')}: ${textAt(one, 'secondary', 'pod')}`),
  )
}

/** Leases that were taken since the run began, and whose sandbox is gone: those of before are none of this run's doing. */
function hostLocalLeft(evidence: Evidence, node: string, since: number): readonly string[] {
  const lines = (key: string) => {
    // `find` and `grep` end badly where one of the folders is not there.
    const looked = textOf(evidence, `${key}:${node}`, {anyExit: true})
    return 'value' in looked ? looked.value.split('\n').filter(Boolean) : []
  }
  const running = textOf(evidence, `sandboxes:${node}`)
  // Another runtime than containerd: nobody can tell what is stale.
  if ('missing' in running) return []
  const alive = new Set(running.value.split('\n'))
  const holders = new Map(lines('holders').map((line) => [line.slice(0, -65), line.slice(-64)]))
  return lines('leases').flatMap((line) => {
    const [time = '', file = ''] = line.split(' ')
    const holder = holders.get(file)
    const stale = Number(time) >= since && holder !== undefined && !alive.has(holder)
    return stale ? [`host-local on ${node}: ${file}`] : []
  })
}
