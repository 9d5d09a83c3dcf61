import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {listBinaries, readBinaries} from '../install/plugins-present.ts'
import {at, textAt} from '../json-path.ts'
import {confDirectory} from '../multus-order-faults.ts'
import {isReady, seeAttachReady, whyNotReady} from '../pod-start.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'
import {firstOf, itemsOf} from './attached-pod.ts'
import {chainFaults} from './chain-faults.ts'
import {type ChainFile, type PrimaryChain, primaryChainsProbe, readPrimaryChains} from './primary-chains.ts'
import {readSysctls, sysctlDiffers, sysctlFile, sysctlValue} from './sysctl.ts'

type Subject = {
  readonly node: string
  readonly namespace: string
  /** A probe pod of the node; empty where none runs. */
  readonly pod: string
}

/**
 * A12: where Multus is told of a folder of plugins to run after the primary CNI, all of them can run on every node, and the sysctls of a pod are as
 * `tuning` was told. What other plugins do cannot be seen from inside. Multus says nothing of a folder that it leaves out.
 */
export const primaryChain: Check<Subject> = {
  id: 'A12',
  title: 'Plugins chained onto the primary network take effect',
  tier: 'default',
  severity: 'error',
  needs: ['thick', 'folders', 'node-access'],
  subjects: ({nodes, namespace, pods}) =>
    nodes.map(({name}) => ({node: name, namespace, pod: pods.find(({node}) => node === name)?.name ?? ''})),
  label: ({node}) => node,
  probes: ({node, namespace, pod}) => ({
    files: primaryChainsProbe(node),
    binaries: {type: 'node', node, argv: listBinaries},
    ...(pod !== '' && {
      pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
      events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`},
      // Which sysctls are meant is in the files.
      sysctls: {type: 'pod', namespace, pod, argv: ['grep', '-rs', '.', '/proc/sys/net']},
    }),
  }),
  judge(evidence, {node, pod}) {
    const files = textOf(evidence, 'files')
    if ('missing' in files) return couldNotLook(`${confDirectory} on ${node}`, files)
    const told = readPrimaryChains(files.value)
    if (told === undefined)
      return {status: 'skip', summary: `Multus has no configuration on ${node} that can be read: see multus-first`}
    const chains = told.filter((chain) => chain.files.length > 0)
    if (chains.length === 0) return {status: 'skip', summary: nothingChained(told)}
    const binaries = textOf(evidence, 'binaries')
    if ('missing' in binaries) return couldNotLook(`the plugins on ${node}`, binaries)
    const present = readBinaries(binaries.value)
    return firstOf(chains.flatMap((chain) => chainFaults(chain, present))) ?? judgePod(evidence, chains, pod)
  },
}

function nothingChained(told: readonly PrimaryChain[]): string {
  const empty = told.find(({kind}) => kind === 'auxiliary')
  const why = empty && `: ${empty.folder}, which it is told of, holds no plugin`
  return `Multus chains nothing onto the primary network${why ?? ''}`
}

function judgePod(evidence: Evidence, chains: readonly PrimaryChain[], pod: string): Verdict {
  const files = chains.flatMap((chain) => chain.files)
  if (pod === '')
    return {status: 'pass', summary: `no probe pod runs there; ${files.map(named).join(', ')} can be called`}
  const object = jsonOf(evidence, 'pod')
  if ('missing' in object) return couldNotLook(`pod ${pod}`, object)
  if (!isReady(object.value)) return whyUnready(evidence, chains, {name: pod, object: object.value})
  // What may only be written ends it badly.
  const sysctls = textOf(evidence, 'sysctls', {anyExit: true})
  if ('missing' in sysctls) return couldNotLook(`the sysctls in ${pod}`, sysctls)
  const values = readSysctls(sysctls.value)
  if (values.size === 0) return couldNotLook(`the sysctls in ${pod}`, {missing: 'none was listed'})
  const wanted = wantedSysctls(files)
  const faults = wanted.flatMap((one): readonly Verdict[] => {
    const got = values.get(sysctlFile(one.sysctl)) ?? 'nothing'
    return got === one.value ? [] : [notSet(one, {pod, got})]
  })
  const set = wanted.map(({sysctl, value, path}) => `${sysctl} is ${value} in ${pod}, by ${path}`)
  const others = files.filter(({type}) => type !== 'tuning').map((file) => `${named(file)} can be called`)
  return firstOf(faults) ?? {status: 'pass', summary: [...set, ...others].join('; ')}
}

function named({type, path}: ChainFile): string {
  return `${type} of ${path}`
}

/** A pod may be kept from starting by much else, which attach-ready names. */
function whyUnready(
  evidence: Evidence,
  chains: readonly PrimaryChain[],
  {name, object}: {readonly name: string; readonly object: Json},
): Verdict {
  const events = itemsOf(evidence, 'events')
  const names = chains.filter(({kind}) => kind === 'auxiliary').map(({folder}) => folder.split('/').at(-1) ?? '')
  const refused = events.some((event) =>
    names.some((one) => textAt(event, 'message')?.includes(`adding container to network "${one}"`)),
  )
  return refused ? whyNotReady(name, object, events) : seeAttachReady(name)
}

interface WantedSysctl {
  readonly sysctl: string
  readonly value: string
  readonly path: string
}

/** Of several plugins that set one sysctl the last one counts. */
function wantedSysctls(files: readonly ChainFile[]): readonly WantedSysctl[] {
  const all = files.filter(({type}) => type === 'tuning').flatMap(sysctlsOf)
  return [...new Map(all.map((one) => [one.sysctl, one])).values()]
}

function sysctlsOf({config, path}: ChainFile): readonly WantedSysctl[] {
  const asked: readonly [string, Json][] = Object.entries(Object(at(config, 'sysctl')))
  return asked.map(([key, value]) => ({
    sysctl: key.replace('IFNAME', 'eth0'),
    value: sysctlValue(typeof value === 'string' ? value : JSON.stringify(value)),
    path,
  }))
}

function notSet(
  {sysctl, value, path}: WantedSysctl,
  {pod, got}: {readonly pod: string; readonly got: string},
): Verdict {
  return {
    status: 'fail',
    summary: sysctlDiffers({sysctl, pod, got, wanted: value}),
    cause: `tuning was not called as ${path} says, or something has set it back`,
    fix: 'kubectl -n kube-system logs -l app=multus --prefix --tail=-1; delete the pod and create it again',
  }
}
