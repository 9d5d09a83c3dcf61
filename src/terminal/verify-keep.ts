import type {Keep} from '../plan/parts/remove-run.ts'
import {boolean, choice, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {refuse} from '../spec/read-fields.ts'
import {only, worldFields} from './run-options.ts'
import {shellText} from './shell-text.ts'
import {findTarget} from './target.ts'
import type {Planned} from './plan-command.ts'
import type {World} from './world-command.ts'

const policies: readonly {readonly value: Keep; readonly title: string; readonly summary: string}[] = [
  {value: 'never', title: 'Never', summary: 'whatever the checks say'},
  {value: 'on-failure', title: 'On failure', summary: 'when a check has failed'},
  {value: 'always', title: 'Always', summary: 'whatever the checks say, unless the run is interrupted or breaks'},
]

/** What becomes of the things that runs of verify make. */
export const keepFields = {
  keep: choice({
    flag: 'keep',
    ask: 'When to keep what the run made',
    describe: 'When to leave what the run made, to look at it; otherwise on-failure on a terminal, never elsewhere',
    choices: policies,
  }),
  cleanup: withDefault(
    false,
    boolean({
      flag: 'cleanup',
      ask: 'Only clean up',
      describe: 'Remove what earlier runs have left in the cluster, and prove nothing',
    }),
  ),
} as const satisfies Fields

/** What counts where nobody said anything: there is somebody to look at it, or there is not. */
export function policyFor({watched}: Pick<World, 'watched'>): Keep {
  return watched ? 'on-failure' : 'never'
}

/** The command that removes from the same cluster what runs have left, ready to paste. */
export function cleanUpCommand(said: RawInput, cluster: string): string {
  const {context} = said
  const kubeconfig = only(said, worldFields)['kubeconfig']
  return shellText([
    'k8s-local',
    'verify',
    ...(context ? ['--context', String(context.value)] : [cluster]),
    ...(kubeconfig ? ['--kubeconfig', String(kubeconfig.value)] : []),
    '--cleanup',
  ])
}

/** Passes when nothing was said by flag that only a proof has a use for. @throws invalid-input */
export function refuseBesideCleanUp(said: RawInput, fields: Fields): void {
  const idle = Object.entries(only(said, fields)).filter(([key, {from}]) => key !== 'cleanup' && from.startsWith('--'))
  refuse(
    idle.map(([, {from}]) => ({
      at: from,
      message: 'means nothing beside --cleanup, which proves nothing',
      fix: 'k8s-local verify --cleanup',
    })),
  )
}

/** @throws cluster-not-found, cluster-ambiguous, and what listing throws */
export async function planCleanUp(said: RawInput, world: World): Promise<Planned> {
  const {cluster, target} = await findTarget(said, world)
  const [{observeRuns}, {sweepRuns}] = await Promise.all([
    import('../run/target/observe-runs.ts'),
    import('../plan/sweep-runs.ts'),
  ])
  const kubernetes = await world.drivers.kubernetes(target.kubeconfig, target.context)
  return {plan: sweepRuns(await observeRuns(kubernetes, world.signal), cluster), target}
}
