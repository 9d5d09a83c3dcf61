import {Problem} from '../problem.ts'
import type {TestPodSpec} from '../spec/pod-spec.ts'
import {interfaceNames} from '../spec/attachment.ts'
import {imageName} from '../steps/artifact.ts'
import type {KubernetesObject} from '../steps/object.ts'
import type {Readiness} from '../steps/readiness.ts'
import type {Plan, Step} from '../steps/step.ts'
import type {DefaultRoute} from '../templates/default-route.ts'
import {testPod, testWorkload} from '../templates/test-pod.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import {defaultNetworkNotes, defaultNetworkText} from './default-network.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {probeImage, probeImageOn} from './parts/probe-image.ts'
import {podFindings, placeOf} from './pod-findings.ts'
import {refuse} from './preflight-finding.ts'
import {needMultus} from './target-cluster.ts'

export interface AddPodInput {
  readonly spec: TestPodSpec
  /** A workload of that kind and name is there. */
  readonly taken?: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * A pod with network tools on the networks asked for, or a workload of such pods. What would leave it in ContainerCreating for ever is refused before
 * the API is asked. Throws multus-missing, pod-exists, artifact-unavailable (no probe image), and invalid-input with all findings.
 */
export function addPod({spec, taken = false, timeoutSeconds}: AddPodInput, facts: TargetFacts): Plan {
  if (spec.attachments.length > 0 || spec.defaultNetwork) needMultus(facts)
  refuseTwin(spec, taken, facts)
  refuse(podFindings(spec, facts))
  const node = placeOf(spec, facts)
  const image = probeImage(facts.artifacts)
  const images = probeImageOn(image, node === undefined ? facts.nodes.map(({name}) => name) : [node])
  const kind = spec.workload?.kind ?? 'Pod'
  const what = `the ${kind === 'Pod' ? 'pod' : kind} ${spec.namespace}/${spec.name}`
  const made: Step = {
    id: kind.toLowerCase(),
    title: `Create ${what}${node === undefined ? '' : ` on ${node}`}`,
    action: {type: 'apply-objects', objects: objectsOf(spec, {node, image: imageName(image)}, facts)},
    after: images.done,
  }
  const ready: Step = {
    id: `${made.id}-ready`,
    title: `Wait until ${spec.name} is Ready`,
    action: {type: 'wait', for: readinessOf(spec), timeoutSeconds: deadlines.testPod, onTimeout: 'fail'},
    after: [made.id],
  }
  const notes = [...defaultNetworkNotes(spec.defaultNetwork, facts), ...routeNotes(spec)]
  return makePlan({
    title: `Add ${what}`,
    cluster: facts.cluster,
    steps: [...images.steps, made, ready],
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
    ...(notes.length > 0 && {notes}),
  })
}

function objectsOf(
  spec: TestPodSpec,
  {node, image}: {readonly node: string | undefined; readonly image: string},
  facts: TargetFacts,
): readonly KubernetesObject[] {
  const {workload, defaultNetwork, name, namespace, attachments} = spec
  const input = {
    name,
    namespace,
    attachments,
    image,
    defaultRoutes: defaultRoutesOf(spec, facts),
    ...(node !== undefined && {node}),
    ...(defaultNetwork !== undefined && {defaultNetwork: defaultNetworkText(defaultNetwork)}),
  }
  if (workload === undefined) return [testPod(input)]
  const oneAtATime = attachments.some((one) => one.ip !== undefined || one.mac !== undefined || one.portMappings)
  return testWorkload(input, {...workload, oneAtATime})
}

function defaultRoutesOf({attachments}: TestPodSpec, {record}: TargetFacts): readonly DefaultRoute[] {
  const names = interfaceNames(attachments)
  const kept = [record.podSubnet, record.serviceSubnet].filter((cidr) => cidr !== '')
  return attachments.flatMap(({defaultRoute: gateway}, index) =>
    gateway === undefined ? [] : [{gateway, interface: names[index] ?? '', kept}],
  )
}

function routeNotes({attachments}: TestPodSpec): readonly string[] {
  return attachments.flatMap(({defaultRoute}) =>
    defaultRoute === undefined
      ? []
      : [
          `an init container sets the default route by ${defaultRoute}, for the annotation's own does nothing in Multus 4.2 and 4.3; pods and services stay on eth0`,
        ],
  )
}

function readinessOf({workload, namespace, name}: TestPodSpec): Readiness {
  if (workload === undefined) return {type: 'pods-ready', namespace, names: [name]}
  return {type: 'rollout', kind: workload.kind, namespace, name}
}

function refuseTwin({namespace, name, workload}: TestPodSpec, taken: boolean, {pods}: TargetFacts): void {
  const kind = workload?.kind
  if (kind ? !taken : !pods.some((pod) => pod.namespace === namespace && pod.name === name)) return
  const reference = kind ? `${kind.toLowerCase()}/${name}` : name
  throw new Problem('pod-exists', {
    message: `The ${kind ?? 'pod'} ${namespace}/${name} exists`,
    suggestions: [`k8s-local pod remove ${reference} --namespace ${namespace}`, 'choose another name'],
  })
}
