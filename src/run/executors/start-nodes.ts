import type {Executor} from '../executor.ts'
import {nodeContainers} from '../node-containers.ts'

/** Every one of these node containers runs. */
export const startNodes: Executor<'start-nodes'> = async ({nodes}, context) => {
  const still = (await nodeContainers(nodes, context)).filter(({state}) => state !== 'running')
  await context.drivers.engine.startContainers(
    still.map(({name}) => name),
    context.signal,
  )
  return {already: still.length === 0}
}
