import {warmBuildLabel} from '../../steps/warm-image.ts'
import type {StepContext} from '../executor.ts'
import {buildLock} from './build-names.ts'
import {buildsLeft} from './observe-cache.ts'
import {tryLock} from './take-turn.ts'

type Sweeper = Pick<StepContext, 'drivers' | 'signal'>

/** Removes the containers of builds that were killed. Returns their names. A build that begins meanwhile in a container of the same name is left alone. */
export async function sweepBuilds(context: Sweeper): Promise<readonly string[]> {
  const left = await buildsLeft(context.drivers, context.signal)
  const swept: string[] = []
  for (const container of left) if (await removeUnlessHeld(container, context)) swept.push(container)
  return swept
}

/** Removes the container of a build of this user, if there is one: one of that name may be somebody else's. Without a signal: also after an interrupt. */
export async function removeBuild(
  container: string,
  {drivers: {engine, files}}: Pick<StepContext, 'drivers'>,
): Promise<void> {
  const own = await engine.containers(`${warmBuildLabel}=${files.paths.state}`)
  await engine.removeContainers(own.map(({name}) => name).filter((name) => name === container))
}

async function removeUnlessHeld(container: string, context: Sweeper): Promise<boolean> {
  const unlock = await tryLock(buildLock(container), context.drivers)
  if (!unlock) return false
  try {
    await removeBuild(container, context)
    return true
  } finally {
    await unlock()
  }
}
