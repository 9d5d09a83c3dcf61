import type {Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Check, Scene} from '../check.ts'
import {clusterChecks} from '../cluster/index.ts'
import {definitionChecks} from '../definition/index.ts'
import {installChecks} from '../install/index.ts'
import {lacking} from '../needs.ts'
import {couldNotLook} from '../seen.ts'

type Subject = {
  readonly again: readonly {readonly check: string; readonly subject: Json; readonly label: string}[]
}

const looks = 3

/** Z02: the quick checks of nodes and objects say the same each time. One that does not is flaky, or the cluster is. */
export const sameVerdicts: Check<Subject> = {
  id: 'Z02',
  title: 'Verdicts stay the same',
  tier: 'full',
  severity: 'error',
  subjects: (scene) => {
    const again = Object.entries({...clusterChecks, ...installChecks, ...definitionChecks} as Checks).flatMap(
      ([name, check]) => asked(name, check, scene),
    )
    return again.length === 0 ? [] : [{again}]
  },
  label: () => '',
  probes: ({again}): Readonly<Record<string, Probe>> =>
    Object.fromEntries(
      again.map(({check, subject}, index) => [String(index), {type: 'verdict', check, subject, looks} satisfies Probe]),
    ),
  judge(evidence, {again}) {
    const seen = again.map(({check, label}, index) => ({check, label, seen: evidence[String(index)]}))
    const blind = seen.find((one) => one.seen?.type !== 'verdict')
    if (blind) return couldNotLook(`${blind.check} again`, {missing: reasonOf(blind.seen)})
    const flaky = seen.flatMap(({check, label, seen: one}) => {
      const verdicts = one?.type === 'verdict' ? one.verdicts : []
      // A verdict that could not be made is none: a machine that is too busy to answer says nothing of the cluster.
      return new Set(verdicts.map(({status}) => status).filter((status) => status !== 'error')).size > 1
        ? [`${check}${label === '' ? '' : ` of ${label}`}: ${inWords(verdicts)}`]
        : []
    })
    if (flaky.length === 0) return {status: 'pass', summary: `${again.length} verdicts, ${looks} times the same`}
    return {
      status: 'fail',
      summary: `${flaky.length} of ${again.length} verdicts changed within seconds: ${flaky[0]}`,
      evidence: flaky,
      cause: 'something in the cluster comes and goes: a pod that restarts, a node that is overloaded',
      fix: 'kubectl get events -A --sort-by=.lastTimestamp',
    }
  },
}

type Checks = Readonly<Record<string, Check>>

/** What a quick check would be asked; nothing for one that looks into pods, or that has nothing to look at. */
function asked(name: string, check: Check, scene: Scene): Subject['again'] {
  if (check.tier !== 'quick' || check.props || lacking(check.needs ?? [], scene) !== undefined) return []
  const subjects = check.subjects(scene)
  if ('skip' in subjects) return []
  return subjects
    .filter((subject) => Object.values(check.probes(subject)).every(({type}) => type === 'api' || type === 'node'))
    .map((subject) => ({check: name, subject, label: check.label(subject)}))
}

function inWords(verdicts: readonly Verdict[]): string {
  return verdicts.map(({status, summary}) => `${status} (${summary})`).join(', then ')
}

function reasonOf(seen: {readonly type: string} | undefined): string {
  return seen !== undefined && 'reason' in seen ? String(seen.reason) : 'nothing was seen of it'
}
