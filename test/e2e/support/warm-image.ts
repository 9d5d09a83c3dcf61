import type {Plan} from '../../../src/steps/step.ts'
import type {Cell} from './cells.ts'
import {documentOf, mustExit, story} from './cli.ts'
import {docker} from './engine.ts'
import type {Home} from './home.ts'

/** A warm node image that a suite may start nodes from. */
export interface WarmImage {
  /** Removes it, if it was made here. */
  remove(): Promise<void>
}

/** The warm node image of such a cluster. Throws where none can be made: where images of the lock have no digest, and there is nothing to put in. */
export async function makeWarmImage(home: Home, {cni, multus}: Cell): Promise<WarmImage> {
  const warm = ['warm', '--cni', cni, '--multus', multus, '--json']
  const planned = await mustExit(0, home, [...warm, '--dry-run'])
  const {steps} = documentOf<Plan>(planned)
  if (steps.length === 0) return {remove: () => Promise.resolve()}
  const build = steps.map(({action}) => action).find((action) => action.type === 'build-warm-image')
  if (build?.type !== 'build-warm-image') throw new Error(story(planned))
  await mustExit(0, home, warm, {timeoutSeconds: 420})
  return {remove: async () => void (await docker('image', 'rm', build.image.reference))}
}
