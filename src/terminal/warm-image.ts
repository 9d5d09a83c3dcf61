import type {Outcome} from '../run/events.ts'
import type {Plan} from '../steps/step.ts'
import {Problem} from '../problem.ts'
import type {CreateWish} from './create-input.ts'
import type {Doing} from './plan-command.ts'
import type {World} from './world-command.ts'

/** Observes, and plans the warm node image for clusters of this wish. Throws what observing and planning throw. */
export async function planWarmImage(
  {spec, bundle}: Pick<CreateWish, 'spec' | 'bundle'>,
  {drivers, signal}: World,
): Promise<Plan> {
  const [{observe}, {warmNodeImage}] = await Promise.all([
    import('../run/observe.ts'),
    import('../plan/warm/warm-node-image.ts'),
  ])
  return warmNodeImage({spec}, await observe(drivers, {signal, ...(bundle !== undefined && {bundle})}))
}

/** What `warmAfterwards` does its work with. */
export interface Afterwards {
  plan(): Promise<Plan>
  carryOut(doing: Doing): Promise<Outcome>
  tell(text: string): void
}

/**
 * After a cluster was made with `--warm build`: the image for the next one. Without room for it, or with nothing to make it of, it is skipped and `tell`
 * hears why; a cluster that is there does not fail for that.
 */
export async function warmAfterwards(created: Outcome, {plan, carryOut, tell}: Afterwards): Promise<Outcome> {
  const {joinOutcomes} = await import('../run/join-outcomes.ts')
  const planned = await plan().catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    tell(`Note: no warm node image was made: ${error.data.message}`)
    return undefined
  })
  if (!planned) return created
  const {title, cluster, checks} = created
  return {...joinOutcomes(created, await carryOut({plan: planned})), title, cluster, checks}
}
