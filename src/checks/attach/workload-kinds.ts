import type {Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {ownNetworkName} from '../own-network.ts'
import {lacksPlugin} from '../own-start.ts'
import {isReady, whyNotReady} from '../pod-start.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import {firstOf, interfaceOf, itemsOf} from './attached-pod.ts'
import {kindLabel, kindsNetwork, type WorkloadKind, workloadKindNames, workloads} from './workload-props.ts'

type Subject = {readonly namespace: string; readonly node: string}

/** Pods get their network whoever makes them and whatever is in them; one in the node's own network is left alone. */
export const workloadKinds: Check<Subject> = {
  id: 'A10',
  title: 'Every kind of workload attaches',
  tier: 'default',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 45,
  subjects: ({namespace, pods}) => pods.slice(-1).map(({node}) => ({namespace, node})),
  label: ({node}) => node,
  props: ({node}, stage) => workloads(node, stage),
  probes: ({namespace}) => ({
    pods: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(kindLabel)}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=type%3DWarning`},
  }),
  judge(evidence, {namespace}) {
    const pods = jsonOf(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the pods of the workloads', pods)
    const all = listAt(pods.value, 'items')
    const faults = kinds.flatMap((kind): readonly Verdict[] => {
      const pod = all.find((one) => textAt(one, 'metadata', 'labels', kindLabel) === kind)
      if (pod === undefined)
        return [{status: 'fail', summary: `${workloadKindNames[kind]} has not come to be`, cause: noController}]
      const own = itemsOf(evidence, 'events').filter(
        (event) => textAt(event, 'involvedObject', 'name') === textAt(pod, 'metadata', 'name'),
      )
      return kind === 'host-network'
        ? leftAlone(pod, own)
        : hasNetwork(pod, `${namespace}/${ownNetworkName(kindsNetwork)}`, own)
    })
    return (
      firstOf(faults) ?? {
        status: 'pass',
        summary: `${interfaceOf(0)} in ${kinds
          .slice(0, -1)
          .map((kind) => workloadKindNames[kind])
          .join(', ')}; none in ${workloadKindNames['host-network']}`,
      }
    )
  },
}

const kinds = Object.keys(workloadKindNames) as readonly WorkloadKind[]

const noController = 'the controller of its kind does not run: kubectl -n kube-system get pods'

/** The containers of the job and the init container end well only where they see the interface: what Multus reports is not all that counts. */
function hasNetwork(pod: Json, wanted: string, events: readonly Json[]): readonly Verdict[] {
  const name = textAt(pod, 'metadata', 'name') ?? ''
  const phase = textAt(pod, 'status', 'phase')
  const blind = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].some(
    (container) => Number(at(container, 'state', 'terminated', 'exitCode') ?? 0) !== 0,
  )
  if (blind || phase === 'Failed')
    return [{status: 'fail', summary: `a container of ${name} ran, and saw no ${interfaceOf(0)}`}]
  if (!isReady(pod) && phase !== 'Succeeded') return [lacksPlugin(events) ?? whyNotReady(name, pod, events)]
  const entry = (networkStatusOf(pod) ?? []).find((one) => one.name === wanted)
  if (entry?.interface === interfaceOf(0)) return []
  return [{status: 'fail', summary: `${name} runs without the network that it asked for`}]
}

function leftAlone(pod: Json, events: readonly Json[]): readonly Verdict[] {
  const name = textAt(pod, 'metadata', 'name') ?? ''
  if (!isReady(pod)) return [whyNotReady(name, pod, events)]
  const [own, node] = [textAt(pod, 'status', 'podIP'), textAt(pod, 'status', 'hostIP')]
  if (own === node && networkStatusOf(pod) === undefined) return []
  return [
    {status: 'fail', summary: `${name} is in the node's own network, and was given another: its address is ${own}`},
  ]
}
