import {warmBuildLabel} from '../../steps/warm-image.ts'
import type {StepContext} from '../executor.ts'
import {buildsLeft} from './observe-cache.ts'

/** Removes the containers of builds that were killed. Returns their names. */
export async function sweepBuilds({
  drivers,
  signal,
}: Pick<StepContext, 'drivers' | 'signal'>): Promise<readonly string[]> {
  const left = await buildsLeft(drivers, signal)
  await drivers.engine.removeContainers(left)
  return left
}

/** Removes the container of a build of this user, if there is one: one of that name may be somebody else's. Without a signal: also after an interrupt. */
export async function removeBuild(
  container: string,
  {drivers: {engine, files}}: Pick<StepContext, 'drivers'>,
): Promise<void> {
  const own = await engine.containers(`${warmBuildLabel}=${files.paths.state}`)
  await engine.removeContainers(own.map(({name}) => name).filter((name) => name === container))
}
