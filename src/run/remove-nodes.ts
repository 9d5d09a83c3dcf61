import type {Drivers} from '../drivers/ports.ts'

/** Milliseconds after which a second look is taken: kind starts node containers at the same time, and one may appear after the first look. */
const secondLook = 300
const looks = 5

/**
 * Removes every container of a kind cluster with its volumes, by kind's label: no kind needed, and fine when half of it is gone. Returns how many.
 * Throws engine-failed.
 */
export async function removeNodes(
  cluster: string,
  {engine, clock}: Pick<Drivers, 'engine' | 'clock'>,
): Promise<number> {
  let removed = 0
  for (let look = 0; look < looks; look += 1) {
    const names = (await engine.containers(`io.x-k8s.kind.cluster=${cluster}`)).map(({name}) => name)
    if (names.length === 0) break
    await engine.removeContainers(names)
    removed += names.length
    await clock.sleep(secondLook)
  }
  return removed
}
