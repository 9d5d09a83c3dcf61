import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {confDirectoryProbes, judgeMultusOrder, readConfDirectory} from '../conf-directory.ts'
import type {Workload} from '../rollout.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {makeNewcomer, type Newcomer, newcomerFault, newcomerProbes} from './newcomer.ts'
import {agentsOf, type Order, orderOn, restartPods, untilFirst} from './restarts.ts'
import {chooseSurvivor, type Survivor, survivorFault, survivorProbes} from './survivor.ts'

type Subject = {
  readonly when: 'meanwhile' | 'afterwards'
  readonly agents: Workload
  readonly survivor: Survivor
  readonly newcomer: Newcomer
  readonly order: Order | null
}

/** Pings, five a second, while the agents are replaced. */
const meanwhilePings = 100

/**
 * RS02: the primary CNI's agents are replaced on all nodes. Pods keep their traffic, Multus still comes first, none of its files was renamed, and a new
 * pod attaches. An exclusive Cilium takes Multus' file away when its agent starts, and says nothing (multus #972).
 */
export const survivesCniRestart: Check<Subject> = {
  id: 'RS02',
  title: 'Pods survive a restart of the primary CNI',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'cni', 'disruption'],
  subjects(scene) {
    const survivor = chooseSurvivor(scene)
    const agents = agentsOf(scene)
    if (!survivor || !agents) return []
    const {namespace, node, networks} = survivor
    const newcomer = {namespace, node, networks, pod: 'after-cni-restart'}
    const nodes = scene.nodes.map(({name}) => name)
    return [{when: 'afterwards', agents, survivor, newcomer, order: orderOn(scene, nodes)}]
  },
  ordeal: ({agents, newcomer, order}, stage) => [
    restartPods(agents),
    ...untilFirst(order),
    ...makeNewcomer(newcomer, stage),
  ],
  meanwhile: (subject) => (subject.survivor.shared.length === 0 ? [] : [{...subject, when: 'meanwhile'}]),
  label: ({when, agents: {name}}) => (when === 'meanwhile' ? `${name}, traffic meanwhile` : name),
  probes({when, survivor, newcomer, order}): Readonly<Record<string, Probe>> {
    if (when === 'meanwhile') return survivorProbes(survivor, meanwhilePings)
    return {...survivorProbes(survivor, 3), ...newcomerProbes('fresh', newcomer), ...orderProbes(order)}
  },
  judge(evidence, {when, survivor, newcomer, order, agents}) {
    const kept = survivorFault(evidence, survivor)
    if (when === 'meanwhile')
      return kept ?? {status: 'pass', summary: `${survivor.pod} reached ${survivor.peer} all the while`}
    const fault = orderFault(evidence, order) ?? kept ?? newcomerFault(evidence, 'fresh', newcomer)
    if (fault) return fault
    const first = order === null ? '' : `Multus comes first on ${order.nodes.length} nodes; `
    return {status: 'pass', summary: `${agents.name} restarted; ${first}${newcomer.pod} attached`}
  },
}

function orderProbes(order: Order | null): Readonly<Record<string, Probe>> {
  if (order === null) return {}
  return Object.fromEntries(
    order.nodes.flatMap((node) => {
      const {files, texts} = confDirectoryProbes(node, order.confFile)
      return [
        [`files:${node}`, files],
        [`texts:${node}`, texts],
      ] as const
    }),
  )
}

function orderFault(evidence: Evidence, order: Order | null): Verdict | undefined {
  for (const node of order?.nodes ?? []) {
    const files = textOf(evidence, `files:${node}`)
    // One of Multus' two possible files is always missing, so `head` ends with 1.
    const texts = textOf(evidence, `texts:${node}`, {anyExit: true})
    if ('missing' in files) return couldNotLook(`the CNI configuration of ${node}`, files)
    if ('missing' in texts || order === null) return couldNotLook(`the CNI configuration of ${node}`, {missing: ''})
    const judged = judgeMultusOrder(readConfDirectory(files.value, texts.value), order)
    if (judged.status !== 'pass') return {...judged, summary: `${node}: ${judged.summary}`}
  }
  return undefined
}
