import {criticalShares} from '../../../src/run/critical-times.ts'
import {doerNames} from '../../../src/terminal/timings/doer-names.ts'
import type {Curve} from './curve.ts'

/** Of one CPU-bound machine: more nodes share the same cores. */
const most = 5

/** What a worker more costs: create to verified, whose work it was, and the memory of the program. */
export const workers: Curve = {
  name: 'workers',
  title: 'create to verified, by workers',
  across: 'workers',
  needsCluster: true,
  measure: async ({session, rounds, quick, keep, say}) => {
    const create = (count: number) => session.create(['--workers', `${count}`, '--network', 'data', '--verify'])
    say('workers: a create that is not counted, for it brings the node image into the engine')
    await create(1)
    for (let round = 0; round < rounds; round++) {
      for (let count = 1; count <= (quick ? 2 : most); count++) {
        const {outcome, peakMemory} = await create(count)
        await keep({name: 'in all', unit: 's'}, count, outcome.seconds)
        const shares = criticalShares(outcome)
        // All of them, also those that were not on the path this time, so that lines have no holes.
        for (const [doer, name] of Object.entries(doerNames)) {
          const took = shares.find((one) => one.doer === doer)?.milliseconds ?? 0
          await keep({name, unit: 's'}, count, took / 1000)
        }
        await keep({name: 'create', unit: 'MB'}, count, peakMemory / 1e6)
        say(`workers: ${count}: ${outcome.seconds.toFixed(1)} s, ${Math.round(peakMemory / 1e6)} MB`)
      }
    }
    await session.remove()
  },
}
