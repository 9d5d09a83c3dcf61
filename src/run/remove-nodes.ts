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
 * Removals that may fail before it is given up: under load the engine cannot kill a container within its own ten seconds, says so, and kills it
 * a little later ("Could not kill running container", Docker 20.10).
 */
const attempts = 4

/**
 * Removes every container of a kind cluster with its volumes, by kind's label: no kind needed, and fine when half of it is gone. Returns how many.
 * Throws engine-failed.
 */
export async function removeNodes(
  {cluster, inFlight}: RemoveNodesOptions,
  {engine, clock}: Pick<Drivers, 'engine' | 'clock'>,
): Promise<number> {
  const removed = new Set<string>()
  let failures = 0
  for (let quiet = 0; ; quiet += 1) {
    const names = (await engine.containers(`io.x-k8s.kind.cluster=${cluster}`)).map(({name}) => name)
    if (names.length > 0) {
      quiet = 0
      try {
        await engine.removeContainers(names)
        for (const name of names) removed.add(name)
      } catch (error) {
        failures += 1
        if (failures === attempts) throw error
      }
    }
    if (names.every((name) => removed.has(name)) && (removed.size >= inFlight || quiet >= patience)) return removed.size
    await clock.sleep(interval)
  }
}
