import type {Step, StepId} from '../../steps/step.ts'
import {nodePods, privilegedNamespace} from '../../templates/node-pods.ts'
import {probeNamespace, probePods} from '../../templates/probe-pods.ts'
import {deadlines} from '../deadlines.ts'
import type {VerifyInput} from './verify.ts'

/** The namespace of the run. */
export function makeNamespace({scene, runId, after}: VerifyInput): Step {
  const labels = scene.nodeAccess.by === 'pods' ? privilegedNamespace : {}
  return {
    id: 'probe-namespace',
    title: `Create the namespace ${scene.namespace}`,
    action: {type: 'apply-objects', objects: [probeNamespace(runId, labels)]},
    after: after.api,
  }
}

/** Probe pods, and a wait for them, which comes last. */
export function startProbePods({scene, runId, image}: VerifyInput, after: readonly StepId[]): readonly [Step, Step] {
  const {namespace} = scene
  const objects = probePods({runId, namespace, places: scene.pods, image})
  const alike = new Set(scene.pods.map(({networks}) => networks.join())).size === 1
  const pods: Step = {
    id: 'probe-pods',
    title: `Start ${objects.length} probe pods, ${alike ? 'each on every network' : 'none on two networks of one subnet'}`,
    action: {type: 'apply-objects', objects},
    after,
  }
  const names = scene.pods.map(({name}) => name)
  return [pods, waitFor(pods, {namespace, names, what: 'probe pods'})]
}

/** A privileged pod on each node, and a wait for them, which comes last. */
export function startNodePods({scene, runId, image}: VerifyInput, after: readonly StepId[]): readonly [Step, Step] {
  const {namespace} = scene
  const objects = nodePods({runId, namespace, nodes: scene.nodes.map(({name}) => name), image})
  const pods: Step = {
    id: 'node-pods',
    title: `Start a privileged pod on each of ${objects.length} nodes, to look at the nodes`,
    action: {type: 'apply-objects', objects},
    after,
  }
  const names = objects.map(({metadata}) => metadata.name)
  return [pods, waitFor(pods, {namespace, names, what: 'pods that look at the nodes'})]
}

function waitFor(
  {id}: Step,
  {what, ...pods}: {readonly namespace: string; readonly names: readonly string[]; readonly what: string},
): Step {
  return {
    id: `${id}-ready`,
    title: `Wait until the ${what} are Ready`,
    action: {
      type: 'wait',
      for: {type: 'pods-ready', ...pods},
      timeoutSeconds: deadlines.probePods,
      onTimeout: 'continue',
    },
    after: [id],
  }
}
