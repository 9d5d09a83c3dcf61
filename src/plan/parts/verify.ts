import {type CheckName, checks} from '../../checks/index.ts'
import type {Check, Scene} from '../../checks/check.ts'
import type {Json, ObjectRef} from '../../steps/object.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {probeNamespace, probePods} from '../../templates/probe-pods.ts'
import {deadlines} from '../deadlines.ts'

export type Tier = Check['tier']

export interface VerifyInput {
  readonly scene: Scene
  readonly runId: string
  /** `registry/name:tag` of the probe image. */
  readonly image: string
  readonly tier: Tier
  /** Leaves the probe pods where they are, to look at them. */
  readonly keep: boolean
  readonly after: VerifyAfter
}

/** What each part of a proof comes after; all empty for a cluster that runs. */
export interface VerifyAfter {
  /** The API answers: the namespace of the probe pods can be made. */
  readonly api: readonly StepId[]
  /** Pods can start, and attach to the networks. */
  readonly pods: readonly StepId[]
  /** What is judged is there. */
  readonly cluster: readonly StepId[]
  /** Names of services resolve. */
  readonly services: readonly StepId[]
}

export interface VerifyPart {
  readonly steps: readonly Step[]
  readonly done: readonly StepId[]
  readonly always: readonly Step[]
}

/** Probe pods, one step for every thing to judge, and the clean-up. Checks that need no pod do not wait for them. */
export function verify(input: VerifyInput): VerifyPart {
  const judged = [...judgements(input.scene, input.tier)]
  const needsPods = judged.some(({usesPods}) => usesPods)
  const pods = needsPods ? startPods(input) : []
  const podsReady = pods.slice(-1).map(({id}) => id)
  const {cluster, services} = input.after
  const steps = judged.map(({check, subject, label, usesPods}): Step => {
    const id = label === '' ? `check:${check}` : `check:${check}:${label.replaceAll(/[^A-Za-z0-9/.]+/g, '-')}`
    const title = label === '' ? checks[check].title : `${checks[check].title}: ${label}`
    return {
      id,
      title,
      action: {type: 'check', request: {check, subject}},
      after: [
        ...(usesPods ? podsReady : []),
        ...cluster,
        ...((checks[check] as Check).usesServices === true ? services : []),
      ],
    }
  })
  const all = [...pods, ...steps].map((step): Step => ({...step, proof: true}))
  return {steps: all, done: all.map(({id}) => id), always: needsPods && !input.keep ? [removePods(input)] : []}
}

interface Judgement {
  readonly check: CheckName
  readonly subject: Json
  readonly label: string
  readonly usesPods: boolean
}

const tiers: readonly Tier[] = ['quick', 'default', 'full']

function* judgements(scene: Scene, tier: Tier): Iterable<Judgement> {
  for (const [name, check] of Object.entries(checks) as [CheckName, Check][]) {
    if (tiers.indexOf(check.tier) > tiers.indexOf(tier)) continue
    for (const subject of check.subjects(scene)) {
      const probes = Object.values(check.probes(subject))
      const usesPods = probes.some((probe) => probe.type === 'pod' || probe.type === 'ping')
      yield {check: name, subject, label: check.label(subject), usesPods}
    }
  }
}

function startPods({scene, runId, image, after}: VerifyInput): readonly Step[] {
  const namespace: Step = {
    id: 'probe-namespace',
    title: `Create the namespace ${scene.namespace}`,
    action: {type: 'apply-objects', objects: [probeNamespace(runId)]},
    after: after.api,
  }
  const objects = probePods({runId, places: scene.pods, image})
  const alike = new Set(scene.pods.map(({networks}) => networks.join())).size === 1
  const pods: Step = {
    id: 'probe-pods',
    title: `Start ${objects.length} probe pods, ${alike ? 'each on every network' : 'none on two networks of one subnet'}`,
    action: {type: 'apply-objects', objects},
    after: [namespace.id, ...after.pods],
  }
  const names = scene.pods.map(({name}) => name)
  const ready: Step = {
    id: 'probe-pods-ready',
    title: 'Wait until the probe pods are Ready',
    action: {
      type: 'wait',
      for: {type: 'pods-ready', namespace: scene.namespace, names},
      timeoutSeconds: deadlines.probePods,
      onTimeout: 'continue',
    },
    after: [pods.id],
  }
  return [namespace, pods, ready]
}

function removePods({scene}: VerifyInput): Step {
  const namespace: ObjectRef = {apiVersion: 'v1', kind: 'Namespace', name: scene.namespace}
  return {
    id: 'remove-probe-pods',
    title: `Delete the namespace ${scene.namespace}`,
    action: {type: 'delete-objects', objects: [namespace]},
    after: [],
  }
}
