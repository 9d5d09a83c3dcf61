import {castOf, type CastWish, pairsOf} from '../../checks/rehearsal/cast.ts'
import {type Chain, readChain} from '../../checks/rehearsal/chain.ts'
import type {RehearsedPod} from '../../checks/rehearsal/cni-call.ts'
import type {NodeRehearsal, PodRehearsal, ReachSeen, RehearsalSeen} from '../../checks/rehearsal/seen-rehearsal.ts'
import type {Clock} from '../../drivers/ports.ts'
import {addAll, checkAll, deleteAll, lookInside, type Player, reachOut} from './attach.ts'
import {type Before, closeNamespaces, openNamespaces} from './leftovers.ts'
import {sweepFormer} from './former-pods.ts'
import type {Site} from './site.ts'

export interface RehearsalWish extends Omit<CastWish, 'nodes'> {
  /** For people: `namespace/name`, or the name and its file. */
  readonly network: string
  /** A site and the configuration that holds there; empty: none does. */
  readonly sites: readonly {readonly site: Site; readonly config: string}[]
  /** Minutes after which an earlier rehearsal cannot be going on any more. */
  readonly olderThan: number
}

/**
 * ADD, a look inside, CHECK, a try to reach each other, DEL, on all sites at once. DEL follows whatever happened before: a plugin that failed, a deadline,
 * an interrupt. An aborted signal skips what is not begun yet and does not throw; the caller decides.
 */
export async function rehearse(
  wish: RehearsalWish,
  {clock, signal}: {readonly clock: Clock; readonly signal: AbortSignal},
): Promise<RehearsalSeen> {
  const stages = wish.sites.map(({site, config}, place) => makeStage(site, {config, place, wish}))
  const everywhere = (work: (stage: Stage) => Promise<void>) =>
    Promise.all(stages.map((stage) => timed(stage, clock, () => work(stage))))
  const unlessAborted = async <T>(work: () => Promise<T>): Promise<T | undefined> =>
    signal.aborted ? undefined : await work()
  let reach: readonly ReachSeen[] = []
  try {
    await unlessAborted(() => everywhere(open))
    await unlessAborted(() => everywhere(attach))
    await unlessAborted(() => everywhere(look))
    reach = (await unlessAborted(() => meet(stages))) ?? []
  } finally {
    await everywhere(detach)
  }
  return {network: wish.network, nodes: stages.map(toSeen), reach}
}

/** What happens on one site, filled while it goes on. */
interface Stage {
  readonly wish: RehearsalWish
  readonly site: Site
  readonly config: string
  readonly chain?: Chain
  readonly pods: readonly RehearsedPod[]
  readonly acts: Map<string, PodRehearsal>
  before?: Before
  left: readonly string[]
  milliseconds: number
  /** Plugins were called, or were to be. */
  begun: boolean
  fault?: string
}

function makeStage(
  site: Site,
  {config, place, wish}: {readonly config: string; readonly place: number; readonly wish: RehearsalWish},
): Stage {
  const chain = readChain(config, wish.name)
  const empty = {wish, site, config, acts: new Map<string, PodRehearsal>(), left: [], milliseconds: 0, begun: false}
  if (config === '') return {...empty, pods: [], fault: 'No networks found in /etc/cni/multus/net.d'}
  if ('fault' in chain) return {...empty, pods: [], fault: chain.fault}
  const nodes = wish.sites.map((one) => one.site.node)
  return {...empty, chain, pods: castOf({...wish, nodes}, chain.config)[nodes[place] ?? ''] ?? []}
}

async function open(stage: Stage): Promise<void> {
  const {site, chain, pods, wish} = stage
  if (!chain) return
  await sweepFormer(site, {...wish, chain})
  const opened = await openNamespaces(site, {chain, pods})
  if ('fault' in opened) stage.fault = opened.fault
  else stage.before = opened
}

async function attach(stage: Stage): Promise<void> {
  if (stage.fault !== undefined) return
  stage.begun = true
  await each(stage, async (player) => keep(stage, player.pod, {calls: await addAll(player)}))
}

async function look(stage: Stage): Promise<void> {
  const {site, chain, pods} = stage
  const attached = pods.filter((pod) => {
    const {calls} = actOf(stage, pod)
    return calls.length > 0 && calls.every(({error}) => error === undefined)
  })
  if (!chain || attached.length === 0) return
  const checking = attached.map((pod) => checkAll({site, chain, pod}, actOf(stage, pod).calls.at(-1)?.result))
  const [insides, checks] = await Promise.all([lookInside(site, attached), Promise.all(checking)])
  for (const [index, pod] of attached.entries()) {
    const inside = insides[index]
    keep(stage, pod, {calls: [...actOf(stage, pod).calls, ...(checks[index] ?? [])], ...(inside && {inside})})
  }
}

async function meet(stages: readonly Stage[]): Promise<readonly ReachSeen[]> {
  const config = stages.find(({chain}) => chain)?.chain?.config
  if (!config) return []
  const addresses = new Map(
    stages.flatMap((stage) => stage.pods.map((pod) => [pod, actOf(stage, pod).inside?.addresses ?? []] as const)),
  )
  const attached = [...addresses].flatMap(([pod, list]) => (list.length > 0 ? [pod] : []))
  const seen = await Promise.all(
    pairsOf(attached, config).map(async ([from, to]): Promise<readonly ReachSeen[]> => {
      const site = stages.find((stage) => stage.site.node === from.node)?.site
      const address = bare(addresses.get(to)?.[0] ?? '')
      const source = addresses
        .get(from)
        ?.map(bare)
        .find((one) => one.includes(':') === address.includes(':'))
      if (!site || source === undefined) return []
      return [{from, to, address, ...(await reachOut({site, pod: from}, {address, source}))}]
    }),
  )
  return seen.flat()
}

/** Every plugin gets its DEL where any ADD was begun, also one that nobody saw end, and the namespaces go in any case. */
async function detach(stage: Stage): Promise<void> {
  await each(stage, async (player) => {
    if (!stage.begun) return
    const {calls, ...act} = actOf(stage, player.pod)
    const result = calls.findLast(({command}) => command === 'ADD')?.result
    keep(stage, player.pod, {...act, calls: [...calls, ...(await deleteAll(player, result))]})
  })
  const {site, chain, pods, before} = stage
  if (chain) stage.left = await closeNamespaces(site, {chain, pods, ...(before && {before})})
}

async function each(stage: Stage, work: (player: Player) => Promise<void>): Promise<void> {
  const {site, chain, pods} = stage
  if (chain) await Promise.all(pods.map((pod) => work({site, chain, pod})))
}

function actOf({acts}: Stage, pod: RehearsedPod): PodRehearsal {
  return acts.get(pod.containerId) ?? {pod, calls: []}
}

function keep({acts}: Stage, pod: RehearsedPod, act: Omit<PodRehearsal, 'pod'>): void {
  acts.set(pod.containerId, {pod, ...act})
}

function bare(address: string): string {
  return address.split('/')[0] ?? ''
}

async function timed(stage: Stage, clock: Clock, work: () => Promise<void>): Promise<void> {
  const start = clock.now()
  await work()
  stage.milliseconds += clock.now() - start
}

function toSeen(stage: Stage): NodeRehearsal {
  const {site, config, pods, left, milliseconds, fault} = stage
  return {
    node: site.node,
    config,
    pods: fault === undefined ? pods.map((pod) => actOf(stage, pod)) : [],
    left,
    seconds: milliseconds / 1000,
    ...(fault !== undefined && {fault}),
  }
}
