import type {Drivers} from '../drivers/ports.ts'

export interface RemoveNodesOptions {
  readonly cluster: string
  /** How many containers kind was about to start when it was ended; 0 when it was not. */
  readonly inFlight: number
}

/** Milliseconds between two looks. */
const interval = 400
/**
 * Looks without news after which no more containers are expected. The engine goes on making a container whose `docker run` was killed, and shows it only
 * when it is made: seen two seconds later on a machine under load. Counting looks and not seconds makes the wait longer where the engine is slow.
 */
const patience = 12

/**
 * Removes every container of a kind cluster with its volumes, by kind's label: no kind needed, and fine when half of it is gone. Returns how many.
 * Throws engine-failed.
 */
export async function removeNodes(
  {cluster, inFlight}: RemoveNodesOptions,
  {engine, clock}: Pick<Drivers, 'engine' | 'clock'>,
): Promise<number> {
  const removed = new Set<string>()
  for (let quiet = 0; ; quiet += 1) {
    const names = (await engine.containers(`io.x-k8s.kind.cluster=${cluster}`)).map(({name}) => name)
    if (names.length > 0) {
      await engine.removeContainers(names)
      for (const name of names) removed.add(name)
      quiet = 0
    }
    if (removed.size >= inFlight || quiet >= patience) return removed.size
    await clock.sleep(interval)
  }
}
