import {poll} from '../poll.ts'
import type {Waiter} from './wait-context.ts'

/** Milliseconds between two looks; one look is one list of containers. */
const interval = 150

/** The containers of these nodes run. */
export const nodesRunning: Waiter<'nodes-running'> = ({nodes}, {drivers, signal, cluster, seen}) =>
  poll(
    async () => {
      const containers = await drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)
      const states = new Map(containers.map(({name, state}) => [name, state]))
      const missing = nodes.filter((node) => states.get(node) !== 'running')
      const words = missing.map((node) => `${node}: ${states.get(node) ?? 'no container yet'}`)
      return {ready: missing.length === 0, seen: words.join('; ') || `all ${nodes.length} nodes run`}
    },
    {clock: drivers.clock, signal, milliseconds: interval, seen},
  )
