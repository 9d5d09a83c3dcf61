import type {Probe} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {makeNewcomer, type Newcomer, newcomerFault, newcomerProbes} from './newcomer.ts'
import {type Order, orderOn, restartMultus, untilFirst} from './restarts.ts'
import {chooseSurvivor, type Survivor, survivorFault, survivorProbes} from './survivor.ts'

type Subject = {
  readonly when: 'meanwhile' | 'afterwards'
  readonly survivor: Survivor
  readonly newcomer: Newcomer
  readonly order: Order | null
}

/** Pings, five a second, while the pod of Multus is replaced: that takes some ten seconds. */
const meanwhilePings = 60

/** RS01: while the Multus pod of a node is replaced, pods keep their traffic, and afterwards a new pod attaches. */
export const survivesMultusRestart: Check<Subject> = {
  id: 'RS01',
  title: 'Pods survive a restart of Multus',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'disruption'],
  subjects(scene) {
    const survivor = chooseSurvivor(scene)
    if (!survivor) return []
    const {namespace, node, networks} = survivor
    const newcomer = {namespace, node, networks, pod: 'after-multus-restart'}
    return [{when: 'afterwards', survivor, newcomer, order: orderOn(scene, [node])}]
  },
  ordeal: ({newcomer, order}, stage) => [
    restartMultus(newcomer.node),
    ...untilFirst(order),
    ...makeNewcomer(newcomer, stage),
  ],
  meanwhile: (subject) => (subject.survivor.shared.length === 0 ? [] : [{...subject, when: 'meanwhile'}]),
  label: ({when, survivor: {node}}) => (when === 'meanwhile' ? `${node}, traffic meanwhile` : node),
  probes({when, survivor, newcomer}): Readonly<Record<string, Probe>> {
    return when === 'meanwhile'
      ? survivorProbes(survivor, meanwhilePings)
      : {...survivorProbes(survivor, 3), ...newcomerProbes('fresh', newcomer)}
  },
  judge(evidence, {when, survivor, newcomer}) {
    const fault =
      survivorFault(evidence, survivor) ??
      (when === 'meanwhile' ? undefined : newcomerFault(evidence, 'fresh', newcomer))
    if (fault) return fault
    const kept = `${survivor.pod} reached ${survivor.peer} over ${survivor.shared.join(', ')}`
    if (when === 'meanwhile') return {status: 'pass', summary: kept}
    const fresh = `${newcomer.pod} attached to ${newcomer.networks.join(', ')}`
    return {status: 'pass', summary: survivor.shared.length === 0 ? fresh : `${kept}; ${fresh}`}
  },
}
