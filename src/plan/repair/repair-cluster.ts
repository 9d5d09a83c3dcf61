import type {Plan, Step, StepId} from '../../steps/step.ts'
import {runDeadlines} from '../deadlines.ts'
import {makePlan} from '../make-plan.ts'
import {ends} from '../part.ts'
import {type RepairName, repairs} from './index.ts'
import type {Fault, Repair} from './repair.ts'
import type {RepairFacts} from './repair-facts.ts'

/** A fault with its kind. */
export interface FoundFault extends Fault {
  readonly repair: RepairName
}

export interface RepairInput {
  /** Whether somebody has agreed to what mending costs. */
  readonly agreed: boolean
  /** Faults that a run before has tried to mend: what is still there is told and left. */
  readonly tried: ReadonlySet<string>
}

/** What is done about the faults of a cluster. */
export interface Repairing {
  readonly mended: readonly FoundFault[]
  readonly left: readonly FoundFault[]
}

/** Every fault that is known here, in the order in which they are mended. */
export function findFaults(facts: RepairFacts): readonly FoundFault[] {
  return (Object.entries(repairs) as readonly (readonly [RepairName, Repair])[]).flatMap(([repair, {finds}]) =>
    finds(facts).map((fault) => ({...fault, repair})),
  )
}

/** Those that are mended, and those that cannot be, need somebody's consent, or did not go away before. */
export function sortFaults(faults: readonly FoundFault[], {agreed, tried}: RepairInput): Repairing {
  const isMended = (fault: FoundFault) =>
    fault.mends.length > 0 && !tried.has(keyOf(fault)) && (agreed || fault.asks === undefined)
  return {mended: faults.filter(isMended), left: faults.filter((fault) => !isMended(fault))}
}

export function keyOf({repair, subject}: FoundFault): string {
  return `${repair}:${subject}`
}

/** Mends kind after kind, for each stands on those before it; faults of one kind at once. Its notes name every fault, mended or left. */
export function repairCluster({mended, left}: Repairing, {cluster}: RepairFacts): Plan {
  return makePlan({
    title: `Repair the cluster ${cluster}${mended.length + left.length === 0 ? ': nothing to repair' : ''}`,
    cluster,
    steps: stepsOf(mended),
    timeoutSeconds: runDeadlines.repair,
    notes: [
      ...mended.map((fault) => `to mend: ${faultText(fault)}${fault.asks === undefined ? '' : ` (${fault.asks})`}`),
      ...left.map((fault) => `left as it is: ${faultText(fault)}${whyLeft(fault)}`),
    ],
  })
}

/** `Multus comes first (dev-worker): …`. */
function faultText({repair, subject, summary}: FoundFault): string {
  const about = subject === '' ? '' : ` (${subject})`
  return `${repairs[repair].title}${about}: ${summary}`
}

function whyLeft({mends, asks, fix}: FoundFault): string {
  if (mends.length === 0) return fix === undefined ? '' : `; what can be done: ${fix}`
  return asks === undefined ? '; mending it did not help' : `; with --yes ${asks}`
}

function stepsOf(faults: readonly FoundFault[]): readonly Step[] {
  const steps: Step[] = []
  for (const name of Object.keys(repairs)) {
    const after = ends(steps)
    steps.push(...faults.filter(({repair}) => repair === name).flatMap((fault) => chainOf(fault, after)))
  }
  return steps
}

function chainOf(fault: FoundFault, after: readonly StepId[]): readonly Step[] {
  const name = keyOf(fault)
    .replace(/:$/, '')
    .replaceAll(/[^A-Za-z0-9/.:]+/g, '-')
  const idOf = (place: number) => `${name}:${place + 1}`
  return fault.mends.map(({title, action}, place) => ({
    id: idOf(place),
    title,
    action,
    after: place === 0 ? after : [idOf(place - 1)],
  }))
}
