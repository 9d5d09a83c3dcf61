import {refOf} from '../../steps/object.ts'
import type {Check, Deed, Stage} from '../check.ts'
import {confDirectory} from '../conf-directory.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {multusDaemonSetProbe} from '../install/multus-pods.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import {makeNewcomer, type Newcomer, newcomerFault, newcomerProbes} from './newcomer.ts'
import {type Order, orderOn, untilFirst} from './restarts.ts'
import {chooseSurvivor} from './survivor.ts'

type Subject = {
  readonly nodes: readonly string[]
  readonly order: Order | null
  readonly plain: Newcomer
  readonly annotated: Newcomer
}

/**
 * RS06: without Multus, its files removed from the nodes, a plain pod starts; with Multus installed again, an annotated pod attaches. What is left of an
 * uninstalled Multus keeps every pod from starting (multus #1429, #592). The type of networks stays, for all networks would go with it.
 */
export const survivesUninstall: Check<Subject> = {
  id: 'RS06',
  title: 'Pods survive the removal of Multus',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'engine', 'own-cluster', 'disruption'],
  subjects(scene) {
    const survivor = chooseSurvivor(scene)
    if (!survivor) return []
    const {namespace, node, networks} = survivor
    const nodes = scene.nodes.map(({name}) => name)
    return [
      {
        nodes,
        order: orderOn(scene, nodes),
        plain: {namespace, node, networks: [], pod: 'without-multus'},
        annotated: {namespace, node, networks, pod: 'with-multus-again'},
      },
    ]
  },
  ordeal: ({nodes, order, plain, annotated}, stage) => [
    ...uninstall(nodes, stage),
    ...makeNewcomer(plain, stage),
    {title: 'Install Multus again', action: {type: 'apply-objects', objects: stage.multus}},
    ...untilFirst(order),
    ...makeNewcomer(annotated, stage),
  ],
  label: () => '',
  probes: ({plain, annotated}) => ({
    multus: multusDaemonSetProbe,
    ...newcomerProbes('plain', plain),
    ...newcomerProbes('annotated', annotated),
  }),
  judge(evidence, {plain, annotated}) {
    const multus = jsonOf(evidence, 'multus')
    if ('missing' in multus) return couldNotLook('the DaemonSet of Multus', multus)
    const looked = jsonOf(evidence, 'plain')
    const late =
      'value' in looked && readyAt(looked.value) > (textAt(multus.value, 'metadata', 'creationTimestamp') ?? '')
    const fault = late ? undefined : newcomerFault({...evidence}, 'plain', {...plain, networks: []})
    if (late || fault)
      return {
        ...fault,
        status: 'fail',
        summary: `${plain.pod} did not start while Multus was uninstalled${fault ? `: ${fault.summary}` : ''}`,
        cause: fault?.cause ?? `something of Multus was left in ${confDirectory} (multus #1429)`,
        fix: 'k8s-local repair',
      }
    return (
      newcomerFault(evidence, 'annotated', annotated) ?? {
        status: 'pass',
        summary: `${plain.pod} started without Multus, and ${annotated.pod} attached to ${annotated.networks.join(', ')} when it was back`,
      }
    )
  },
}

function uninstall(nodes: readonly string[], {multus}: Stage): readonly Deed[] {
  return [
    {title: 'Uninstall Multus', action: {type: 'delete-objects', objects: multus.map(refOf)}},
    ...['00-multus.conf', '00-multus.conflist'].map(
      (file): Deed => ({
        title: `Remove ${file} from the nodes`,
        action: {type: 'delete-node-files', path: `${confDirectory}/${file}`, nodes},
      }),
    ),
  ]
}

/** When it became Ready; later than all times when it is not. */
function readyAt(pod: Parameters<typeof listAt>[0]): string {
  const ready = listAt(pod, 'status', 'conditions').find((one) => at(one, 'type') === 'Ready')
  return (at(ready, 'status') === 'True' ? textAt(ready, 'lastTransitionTime') : undefined) ?? '~'
}
