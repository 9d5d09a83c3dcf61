import type {Stage} from '../../checks/check.ts'
import type {Action, ActionType} from '../../steps/action.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {deadlines} from '../deadlines.ts'
import type {Judgement} from '../judgements.ts'
import {lookId, lookStep} from './look-step.ts'

export interface OrdealsInput {
  readonly how: {readonly lookSeconds?: number}
  readonly stage: Stage
  readonly after: readonly StepId[]
}

/** For one check after another: what is done to the cluster, with the looks meanwhile, then its look. */
export function ordealSteps(judged: readonly Judgement[], {how, stage, after}: OrdealsInput): readonly Step[] {
  let before = after
  return judged.flatMap((judgement) => {
    const {check, request, label} = judgement
    const meanwhile = (check.meanwhile?.(request.subject) ?? []).map((subject) =>
      lookStep({check, request: {...request, subject}, label: check.label(subject)}, how, before),
    )
    const deeds = inTurn(judgement, stage, before)
    const last = [...deeds.slice(-1), ...meanwhile].map(({id}) => id)
    const look = lookStep({check, request, label}, how, last.length > 0 ? last : before)
    before = [look.id]
    return [...deeds, ...meanwhile, look]
  })
}

function inTurn({check, request, label}: Judgement, stage: Stage, before: readonly StepId[]): readonly Step[] {
  const id = lookId(request.check, label).replace('check:', 'ordeal:')
  const steps: Step[] = []
  for (const [index, {title, action}] of (check.ordeal?.(request.subject, stage) ?? []).entries()) {
    const last = steps.slice(-1).map((step) => step.id)
    steps.push({id: `${id}:${index + 1}`, title, action, after: last.length > 0 ? last : before})
  }
  return steps
}

/** What these steps do to what runs in the cluster, in sentences for whoever is about to start them. */
export function harmOf(steps: readonly Step[]): readonly string[] {
  const nodes = new Set(steps.flatMap(({action}) => nodesOf(action)))
  const workloads = new Set(steps.flatMap(({action}) => (action.type === 'restart-pods' ? [action.name] : [])))
  return [
    ...(workloads.size > 0 ? [`the pods of ${[...workloads].join(' and ')} are restarted`] : []),
    ...(removals(steps).length > 0 ? ['Multus is removed for half a minute, and installed again'] : []),
    ...(nodes.size > 0 ? [`nodes are stopped and started: ${[...nodes].join(', ')}`] : []),
  ].map((what) => `${what}; --check '!survival' leaves that out`)
}

/**
 * Brings back what these steps take away, for a run that ends before they have done so themselves: nodes that were stopped run, and Multus is there.
 * Only what was begun is brought back.
 */
export function restoration(steps: readonly Step[], {multus}: Stage): readonly Step[] {
  const stopping = steps.filter(({action}) => stopsNodes.has(action.type))
  const nodes = [...new Set(stopping.flatMap(({action}) => nodesOf(action)))]
  const removing = removals(steps)
  const start: readonly Step[] =
    nodes.length === 0
      ? []
      : [
          {
            id: 'restore:nodes',
            title: `Start ${nodes.join(', ')}`,
            action: {type: 'start-nodes', nodes},
            after: [],
            ifStarted: stopping.map(({id}) => id),
          },
          {
            id: 'restore:api',
            title: 'Wait until the nodes are Ready',
            action: {
              type: 'wait',
              for: {type: 'nodes-ready', nodes},
              timeoutSeconds: deadlines.restored,
              onTimeout: 'continue',
            },
            after: [],
            ifStarted: stopping.map(({id}) => id),
          },
        ]
  const install: readonly Step[] =
    removing.length === 0
      ? []
      : [
          {
            id: 'restore:multus',
            title: 'Install Multus again',
            action: {type: 'apply-objects', objects: multus},
            after: [],
            ifStarted: removing.map(({id}) => id),
          },
        ]
  return [...start, ...install]
}

function removals(steps: readonly Step[]): readonly Step[] {
  return steps.filter(
    ({action}) => action.type === 'delete-objects' && action.objects.some(({kind}) => kind === 'DaemonSet'),
  )
}

const stopsNodes: ReadonlySet<ActionType> = new Set<ActionType>(['stop-nodes', 'restart-nodes'])

function nodesOf(action: Action): readonly string[] {
  return action.type === 'stop-nodes' || action.type === 'restart-nodes' ? action.nodes : []
}
