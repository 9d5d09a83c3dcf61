import {namePath} from '../checks/scenario/serves.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {defaultNetworkAnnotation, managedBy, networksAnnotation} from '../templates/labels.ts'
import {type AttachmentRequest, networksAnnotationValue} from '../templates/networks-annotation.ts'
import {probePodSpec} from '../templates/probe-pod-spec.ts'

/** A pod of a scenario: it waits, or serves its own name by HTTP. */
export interface ScenarioPod {
  readonly name: string
  readonly namespace: string
  readonly image: string
  readonly attachments: readonly AttachmentRequest[]
  /** Where it must run; anywhere when absent. */
  readonly node?: string
  /** TCP port that it serves at; none when absent. */
  readonly port?: number
  /** `namespace/name` of the network that takes the primary's place. */
  readonly defaultNetwork?: string
  readonly serviceAccount?: string
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): KubernetesObject {
  return {apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels: {...managedBy, ...labels}}}
}

export function pod(input: ScenarioPod): KubernetesObject {
  const {metadata, spec} = podTemplate(input)
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name: input.name, namespace: input.namespace, ...metadata}, spec}
}

/** The same pod several times over, each on a worker of its own. A StatefulSet comes with the service that it needs for its pods' names. */
export function replicas(
  input: Omit<ScenarioPod, 'node'>,
  {kind, count}: {readonly kind: 'Deployment' | 'StatefulSet'; readonly count: number},
): readonly KubernetesObject[] {
  const {name, namespace: place} = input
  const selector = {[appLabel]: name}
  const metadata = {name, namespace: place, labels: {...managedBy, ...selector}}
  const {metadata: podMetadata, spec} = podTemplate(input)
  const template = {
    metadata: podMetadata,
    spec: {...spec, tolerations: [], topologySpreadConstraints: [spread(selector)]},
  }
  const workload = {replicas: count, selector: {matchLabels: selector}, template}
  if (kind === 'Deployment') return [{apiVersion: 'apps/v1', kind, metadata, spec: workload}]
  const service = {apiVersion: 'v1', kind: 'Service', metadata, spec: {clusterIP: 'None', selector}}
  return [
    service,
    {apiVersion: 'apps/v1', kind, metadata, spec: {...workload, serviceName: name, podManagementPolicy: 'Parallel'}},
  ]
}

/** Nobody reaches the selected pods over their primary network, except as `from` says. It has no say over secondary networks. */
export function closePrimary(
  place: {readonly namespace: string; readonly name: string},
  {pods = {}, from = []}: {readonly pods?: Readonly<Record<string, string>>; readonly from?: readonly object[]},
): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {...place, labels: managedBy},
    spec: {
      // An empty matchLabels is dropped by the API, and applying it again would count as a change.
      podSelector: Object.keys(pods).length > 0 ? {matchLabels: pods} : {},
      policyTypes: ['Ingress'],
      ingress: from.length > 0 ? [{from}] : [],
    },
  }
}

export const appLabel = 'app.kubernetes.io/name'

function podTemplate({name, image, attachments, node, port, defaultNetwork, serviceAccount}: ScenarioPod) {
  const annotations = {
    ...(attachments.length > 0 && {[networksAnnotation]: networksAnnotationValue(attachments)}),
    ...(defaultNetwork !== undefined && {[defaultNetworkAnnotation]: defaultNetwork}),
  }
  return {
    metadata: {
      labels: {...managedBy, [appLabel]: name},
      ...(Object.keys(annotations).length > 0 && {annotations}),
    },
    spec: {
      ...probePodSpec({
        image,
        ...(node !== undefined && {node}),
        ...(port !== undefined && {command: ['sh', '-c', serveName(port)]}),
      }),
      ...(serviceAccount !== undefined && {serviceAccountName: serviceAccount}),
    },
  }
}

/** For the pod's shell: agnhost says its host's name by itself, our probe image has the httpd of busybox. */
function serveName(port: number): string {
  return [
    `if [ -x /agnhost ]; then exec /agnhost netexec --http-port=${port}; fi`,
    `mkdir -p /tmp/www && hostname >/tmp/www${namePath}`,
    `exec httpd -f -p ${port} -h /tmp/www`,
  ].join('\n')
}

function spread(labels: Readonly<Record<string, string>>): object {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    nodeTaintsPolicy: 'Honor',
    labelSelector: {matchLabels: labels},
  }
}
