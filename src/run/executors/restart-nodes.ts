import type {Executor} from '../executor.ts'
import {nodeContainers} from '../node-containers.ts'

/** Every one of these node containers was stopped and runs again. */
export const restartNodes: Executor<'restart-nodes'> = async ({nodes}, context) => {
  const names = (await nodeContainers(nodes, context)).map(({name}) => name)
  const {engine} = context.drivers
  await engine.stopContainers(names, context.signal)
  await engine.startContainers(names, context.signal)
  return {already: false}
}
