import {Problem} from '../problem.ts'
import type {AttachmentSpec} from '../spec/pod-spec.ts'
import type {Plan, Step} from '../steps/step.ts'
import {networksAnnotation} from '../templates/labels.ts'
import {ownerOf} from './address-findings.ts'
import {attachmentFindings} from './attachment-findings.ts'
import {networkOf, type PodSite, wrong} from './attachment-site.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import {type AnnotationEdit, addAttachments, removeAttachments} from './edit-attachments.ts'
import type {TargetFacts} from './facts.ts'
import {lineDiff} from './line-diff.ts'
import {makePlan} from './make-plan.ts'
import {type PreflightFinding, refuse} from './preflight-finding.ts'
import {recreatePod} from './recreate-pod.ts'
import {replacementOf} from './replacement.ts'
import {needMultus} from './target-cluster.ts'
import {
  annotationOf,
  boundNode,
  needWorkload,
  type ObservedWorkload,
  ownerOfPod,
  specOf,
  type Workload,
  workloadRef,
  workloadTitle,
  workloadWord,
} from './workload.ts'

export interface ChangeAttachmentsInput {
  readonly change: 'attach' | 'detach'
  readonly observed: ObservedWorkload
  readonly attachments: readonly AttachmentSpec[]
  /** A bare pod may be deleted and made again. */
  readonly recreate: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * Adds networks to the pods of a workload, or takes them away: its template is changed, which starts a roll-out, and the roll-out is waited for. A bare
 * pod cannot be changed: it is made again where that was asked for. Throws multus-missing, not-confirmed, and invalid-input with all findings.
 */
export function changeAttachments(input: ChangeAttachmentsInput, facts: TargetFacts): Plan {
  const workload = needWorkload(input.observed, facts)
  if (input.change === 'attach') needMultus(facts)
  const before = annotationOf(workload)
  const edit = editOf(input, before)
  refuse([...edit.findings, ...siteFindings(input, workload, facts)])
  const changes = edit.text !== before
  const pod = workload.reference.kind === 'Pod'
  if (pod && changes) needConsent(input, workload)
  const replacement = replacementOf(workload, changes)
  const steps = pod
    ? recreatePod(workload, changes ? edit.text : undefined)
    : [patchTemplate(workload, edit.text), ...rolloutSteps(workload, replacement.isAwaited)]
  return makePlan({
    title: `${input.change === 'attach' ? 'Attach networks to' : 'Detach networks from'} ${workloadTitle(workload)}`,
    cluster: facts.cluster,
    steps,
    notes: [...diffNotes(workload, before, edit.text), ...edit.notes, ...replacement.notes],
    timeoutSeconds: input.timeoutSeconds ?? runDeadlines.change,
  })
}

function editOf({change, attachments, observed: {namespace}}: ChangeAttachmentsInput, before: string): AnnotationEdit {
  return (change === 'attach' ? addAttachments : removeAttachments)(before, attachments, namespace)
}

/** What the networks themselves have against it; to leave one nothing can be wrong with it. */
function siteFindings(
  {change, attachments}: ChangeAttachmentsInput,
  workload: Workload,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  if (change === 'detach') return []
  const {kind} = workload.reference
  const replicas = kind === 'DaemonSet' ? facts.nodes.length : (specOf(workload.object).replicas ?? 1)
  const asked = attachments.filter((one) => one.ip !== undefined || one.mac !== undefined)
  const shared =
    replicas > 1 && asked.length > 0
      ? [
          wrong(
            '--ip',
            `the ${replicas} pods of ${workloadTitle(workload)} cannot share one address`,
            'leave --ip and --mac out',
          ),
        ]
      : []
  const site = {namespace: workload.namespace, ...boundNode(workload)}
  return [
    ...attachments.flatMap((one) => [...attachmentFindings(one, site, facts), ...sliceFindings(one, site, facts)]),
    ...shared,
  ]
}

/** Where each node has its own part of the addresses, one address keeps the pod on one node. */
function sliceFindings(attachment: AttachmentSpec, site: PodSite, facts: TargetFacts): readonly PreflightFinding[] {
  const {ip} = attachment
  const network = networkOf(attachment, site, facts)
  const owner = ip !== undefined && network?.config === '' ? ownerOf(ip, network) : undefined
  if (owner === undefined || site.node !== undefined) return []
  return [
    wrong(
      '--ip',
      `${ip} is in the slice of ${owner}, and the pod may come to run on another node`,
      `keep it there first: nodeSelector kubernetes.io/hostname: ${owner}`,
    ),
  ]
}

/** Networks of a pod are fixed at its start: only a new pod has others. */
function needConsent({change, recreate, attachments}: ChangeAttachmentsInput, workload: Workload): void {
  const {name} = workload.reference
  const owner = ownerOfPod(workload.object)
  if (owner !== undefined)
    throw new Problem('invalid-input', {
      message: `The pod ${workload.namespace}/${name} belongs to ${owner}, which would make it again without the change`,
      suggestions: [`name what runs it: k8s-local pod ${change} deployment/NAME --network ${attachments[0]?.network}`],
    })
  if (recreate) return
  throw new Problem('not-confirmed', {
    message: `The networks of a running pod cannot be changed: ${workload.namespace}/${name} has to be deleted and made again`,
    cause:
      'Multus attaches networks when a pod starts. Nothing keeps a bare pod running, so that is done on request only; what it holds in memory and on its own disk is lost',
    suggestions: [`the same command with --recreate`],
  })
}

function diffNotes(workload: Workload, before: string, after: string): readonly string[] {
  const diff = lineDiff(before, after)
  return diff.length === 0 ? [] : [[`${networksAnnotation} of ${workloadTitle(workload)}`, ...diff].join('\n')]
}

function patchTemplate(workload: Workload, text: string): Step {
  const {object, reference, namespace} = workload
  const annotations = {[networksAnnotation]: text === '' ? null : text}
  const version = object.metadata['resourceVersion']
  return {
    id: 'template',
    title: `Change the networks in the template of ${workloadTitle(workload)}`,
    action: {
      type: 'patch-object',
      ref: workloadRef(reference, namespace),
      patch: {
        ...(typeof version === 'string' && {metadata: {resourceVersion: version}}),
        spec: {template: {metadata: {annotations}}},
      },
    },
    after: [],
  }
}

function rolloutSteps(workload: Workload, isAwaited: boolean): readonly Step[] {
  const {kind, name} = workload.reference
  if (!isAwaited || kind === 'Pod') return []
  return [
    {
      id: 'rollout',
      title: `Wait for the roll-out of ${workloadWord(workload)}`,
      action: {
        type: 'wait',
        for: {type: 'rollout', kind, namespace: workload.namespace, name},
        timeoutSeconds: deadlines.workload,
        onTimeout: 'fail',
      },
      after: ['template'],
    },
  ]
}
