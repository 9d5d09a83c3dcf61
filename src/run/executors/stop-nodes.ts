import type {Executor} from '../executor.ts'
import {nodeContainers} from '../node-containers.ts'

/** None of these node containers runs. */
export const stopNodes: Executor<'stop-nodes'> = async ({nodes}, context) => {
  const running = (await nodeContainers(nodes, context)).filter(({state}) => state === 'running')
  await context.drivers.engine.stopContainers(
    running.map(({name}) => name),
    context.signal,
  )
  return {already: running.length === 0}
}
