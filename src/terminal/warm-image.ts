import {join} from 'node:path'
import type {Facts} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import type {Outcome} from '../run/events.ts'
import type {Artifact} from '../steps/artifact.ts'
import type {Plan} from '../steps/step.ts'
import {warmFile} from '../steps/warm-image.ts'
import type {CreateWish, WarmWish} from './create-input.ts'
import type {Doing} from './plan-command.ts'
import {requireWritable} from './require-writable.ts'
import type {World} from './world-command.ts'

type PlanWish = Pick<CreateWish, 'spec' | 'bundle'> & Partial<Pick<WarmWish, 'intoBundle'>>

/** Observes, and plans the warm node image for clusters of this wish. Throws what observing and planning throw, and file-unwritable for the bundle. */
export async function planWarmImage({spec, bundle, intoBundle}: PlanWish, world: World): Promise<Plan> {
  const {drivers, signal} = world
  const [{observe}, {warmNodeImage}] = await Promise.all([
    import('../run/observe.ts'),
    import('../plan/warm/warm-node-image.ts'),
  ])
  const facts = await observe(drivers, {signal, ...(bundle !== undefined && {bundle})})
  const broken = await brokenImages(facts, world)
  const artifacts = facts.artifacts.filter((one) => !broken.includes(one))
  const into = intoBundle ? bundle : undefined
  const plan = warmNodeImage({spec, ...(into !== undefined && {into})}, {...facts, artifacts})
  await requireRoom(plan, world)
  const notes = broken.map(
    ({reference}) => `${reference} in the bundle is not used: its file is not what bundle.yaml says`,
  )
  return {...plan, notes: [...notes, ...(plan.notes ?? [])]}
}

/** Warm images whose files are missing or changed: they are made anew. `create` refuses them, and then this is what it says to do. */
async function brokenImages({artifacts}: Facts, {drivers, signal}: World): Promise<readonly Artifact[]> {
  const {isWhole} = await import('../run/warm/carried-image.ts')
  const broken: Artifact[] = []
  for (const artifact of artifacts.filter(({name}) => name === 'warm-node'))
    if (!(await isWhole(artifact, {drivers, signal}))) broken.push(artifact)
  return broken
}

/** A bundle that cannot be written is told before the image is built. */
async function requireRoom({steps}: Plan, {drivers: {files}}: World): Promise<void> {
  const wanted = steps.flatMap(({action}) =>
    action.type === 'save-warm-image' ? [{at: '--into-bundle', file: join(action.bundle, warmFile(action.image))}] : [],
  )
  const text = 'The warm image cannot be saved in the bundle'
  await requireWritable(wanted, {files, one: text, several: text})
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
