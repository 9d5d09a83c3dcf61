import {multusModes} from '../catalog/multus/index.ts'
import type {Scene} from '../checks/check.ts'
import {diagnosisFolder} from '../diagnosis/diagnosis-folder.ts'
import {Problem} from '../problem.ts'
import type {KubernetesObject} from '../steps/object.ts'
import type {LastStep, Plan, Step} from '../steps/step.ts'
import {probeImageFor} from './parts/probe-image.ts'
import {isProbeNamespace} from '../templates/probe-pods.ts'
import {runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import type {NodeAccessWish} from './node-access.ts'
import type {Removal} from './parts/remove-run.ts'
import {multusObjects} from './parts/multus.ts'
import {type MeasuringWish, requireMeasures} from './measuring.ts'
import {verify} from './parts/verify.ts'
import {sceneOfTarget} from './scene.ts'
import {type CheckChoice, selectChecks} from './select-checks.ts'
import {findNetwork} from './target-cluster.ts'

export interface VerifyClusterInput extends CheckChoice, Removal, MeasuringWish {
  /** Only these networks; all when empty. */
  readonly networks: readonly {readonly namespace: string; readonly name: string}[]
  /** Only networks of these namespaces; of all when empty. */
  readonly namespaces: readonly string[]
  /** Seconds that one look may take; absent: as long as looks take. */
  readonly lookSeconds?: number
  /** How to look at nodes. */
  readonly nodeAccess?: NodeAccessWish
  /** The image with network tools, by reference; absent: the one that can be had. */
  readonly probeImage?: string
  /** An existing namespace for all that the run makes; absent: one of its own. */
  readonly inNamespace?: string
  /** Absolute path of the folder in which a diagnosis is collected when a check or the run fails. */
  readonly diagnoseInto?: string
  /** A cluster that k8s-local did not make may be restarted for a proof. */
  readonly disruptive?: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/** Proves that a running cluster works: every check on everything it applies to. Throws invalid-input (no such check), network-not-found, artifact-unavailable (no probe image). */
export function verifyCluster(wish: VerifyClusterInput, facts: TargetFacts): Plan {
  const {tier, networks, namespaces, lookSeconds, nodeAccess, inNamespace, timeoutSeconds} = wish
  const {keep, removeByHand, diagnoseInto, disruptive, baseline} = wish
  const checks = selectChecks(wish)
  requireMeasures(wish, checks)
  const named = networks.map((network) => findNetwork(network, facts))
  const only = (named.length > 0 ? named : facts.networks.filter(({namespace}) => !isProbeNamespace(namespace)))
    .filter(({namespace}) => namespaces.length === 0 || namespaces.includes(namespace))
    .map(({namespace, name}) => `${namespace}/${name}`)
  const {runId} = facts
  const seen = sceneOfTarget(facts, {
    runId,
    everyNode: tier === 'full',
    only,
    ...(nodeAccess !== undefined && {nodeAccess}),
    ...(disruptive !== undefined && {disruptive}),
    ...(baseline && {baseline}),
    ...(inNamespace !== undefined && {namespace: existing(inNamespace, facts)}),
  })
  const withPods = seen.nodeAccess.by === 'pods' ? seen.nodes.map(({name}) => name) : seen.pods.map(({node}) => node)
  const {reference: image, ...images} = probeImageFor(wish.probeImage, facts, [...new Set(withPods)])
  const scene: Scene = {...seen, image}
  const proof = verify({
    scene,
    runId,
    ownNamespace: inNamespace === undefined,
    image,
    multus: ownMultus(scene, facts),
    checks,
    skips: 'told',
    ...(lookSeconds !== undefined && {lookSeconds}),
    keep,
    ...(removeByHand !== undefined && {removeByHand}),
    after: {api: [], pods: images.done, cluster: [], cni: [], services: []},
  })
  return makePlan({
    title: `Verify the cluster ${facts.cluster}`,
    cluster: facts.cluster,
    runId,
    // Nothing of it is what somebody asked for: a run that finds the image in place has not found all "already as asked".
    steps: [...images.steps.map((step): Step => ({...step, proof: true})), ...proof.steps],
    onFailure: proof.onFailure,
    always: [
      ...(diagnoseInto === undefined ? [] : [diagnose(diagnosisFolder(diagnoseInto, facts), scene)]),
      ...proof.always,
    ],
    timeoutSeconds: timeoutSeconds ?? (tier === 'full' ? runDeadlines.verifyFully : runDeadlines.verify),
    notes: [
      ...accessNotes(scene),
      ...proof.harm,
      ...(scene.networks.length === 0 && facts.record.multus !== 'none'
        ? ['there is no network to attach to: k8s-local net add makes one']
        : []),
      ...unattached(scene).map(
        (network) =>
          `no probe pod asks for ${network}: its configuration cannot be read, or it needs what a pod must bring`,
      ),
    ],
  })
}

function existing(namespace: string, {namespaces}: TargetFacts): string {
  if (namespaces.includes(namespace)) return namespace
  throw new Problem('invalid-input', {
    message: `There is no namespace ${namespace}`,
    findings: [
      {
        at: '--in-namespace',
        message: `the cluster has ${namespaces.join(', ')}`,
        fix: `kubectl create namespace ${namespace}`,
      },
    ],
  })
}

function accessNotes({nodeAccess, nodes}: Scene): readonly string[] {
  if (nodeAccess.by === 'none') return [`checks that look at nodes are skipped: ${nodeAccess.reason}`]
  return nodeAccess.by === 'pods'
    ? [`a privileged pod runs on each of the ${nodes.length} nodes until the run ends, to look at the nodes`]
    : []
}

/** Before the probe pods are removed: they are what failed. */
function diagnose(folder: string, {nodeAccess}: Scene): LastStep {
  return {
    id: 'diagnose',
    title: `Collect a diagnosis into ${folder}`,
    action: {
      type: 'collect-diagnosis',
      folder,
      ...(nodeAccess.by === 'pods' && {nodePods: nodeAccess.namespace}),
    },
    after: [],
    when: ['checks-failed', 'checks-unjudged', 'failed'],
  }
}

/** What is installed again after the proof that pods do without it. */
function ownMultus({multus, cni}: Scene, {artifacts, manifests}: TargetFacts): readonly KubernetesObject[] {
  if (multus === 'none' || cni === 'other') return []
  const image = artifacts.find(({name}) => name === multusModes[multus].image)
  return image ? multusObjects({mode: multus, cni, image, manifests}) : []
}

function unattached({networks, pods}: Scene): readonly string[] {
  const carried = new Set(pods.flatMap((pod) => pod.networks))
  return networks.map(({namespace, name}) => `${namespace}/${name}`).filter((network) => !carried.has(network))
}
