import {managedBy, networksAnnotation, runLabel} from '../../templates/labels.ts'
import {networksAnnotationJson} from '../../templates/networks-annotation.ts'
import {probePodSpec} from '../../templates/probe-pod-spec.ts'
import type {Check} from '../check.ts'
import {listAt, textAt} from '../json-path.ts'
import {isReady} from '../pod-start.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

type Subject = {readonly namespace: string; readonly network: string; readonly node: string}

const pod = 'trespasser'

/** Multus v4.3.0 pkg/k8sclient: "namespace isolation enabled, annotation violates permission, pod is in namespace … but refers to target namespace …". */
const refusal = /namespace isolation enabled|violates permission/

/** I03: where Multus keeps namespaces apart, a pod that asks for a network of another namespace does not get it. */
export const namespaceIsolation: Check<Subject> = {
  id: 'I03',
  title: 'Networks of other namespaces are refused',
  tier: 'default',
  severity: 'error',
  settleSeconds: 15,
  needs: ['multus'],
  subjects({isolation, networks, namespace, nodes}) {
    if (!isolation) return {skip: 'Multus lets every pod use every network: namespace isolation is off'}
    const foreign = networks.find((network) => !isolation.shared.includes(network.namespace))
    const node = (nodes.find(({role}) => role === 'worker') ?? nodes[0])?.name
    if (!foreign || node === undefined)
      return {skip: `all networks are of namespaces that every pod may use: ${isolation.shared.join(', ')}`}
    return [{namespace, network: `${foreign.namespace}/${foreign.name}`, node}]
  },
  label: ({network}) => network,
  props: ({network, node}, {namespace, runId, image}) => {
    const [owner = '', name = ''] = network.split('/')
    const annotation = networksAnnotationJson([{namespace: owner, network: name}])
    return [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: pod,
          namespace,
          labels: {...managedBy, [runLabel]: runId},
          annotations: {[networksAnnotation]: annotation},
        },
        spec: probePodSpec({image, node}),
      },
    ]
  },
  probes: ({namespace}) => ({
    pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`},
  }),
  judge(evidence, {network}) {
    const looked = jsonOf(evidence, 'pod')
    if ('missing' in looked) return couldNotLook(`pod ${pod}`, looked)
    const events = jsonOf(evidence, 'events')
    if ('missing' in events) return couldNotLook(`the events of ${pod}`, events)
    if (isReady(looked.value))
      return {
        status: 'fail',
        summary: `a pod of another namespace got ${network}`,
        cause:
          'Multus says that it keeps namespaces apart, and does not: its configuration on the node is an older one',
        fix: 'kubectl -n kube-system rollout restart ds/kube-multus-ds',
      }
    const messages = listAt(events.value, 'items').map((event) => textAt(event, 'message') ?? '')
    if (messages.some((message) => refusal.test(message)))
      return {status: 'pass', summary: `a pod of another namespace is refused ${network}`}
    return {
      status: 'fail',
      summary: `a pod of another namespace did not start, and not because it may not have ${network}`,
      evidence: messages.slice(-2),
    }
  },
}
