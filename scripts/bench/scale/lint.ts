import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {manyNetworks} from '../many-networks.ts'
import type {Curve} from './curve.ts'

const counts = [1, 10, 100, 1000, 10_000]

/** What a definition more costs `net lint`, as a whole process that reads one file. */
export const lint: Curve = {
  name: 'lint',
  title: 'net lint of a file, by definitions in it',
  across: 'definitions',
  needsCluster: false,
  measure: async ({session, rounds, quick, keep, say}) => {
    const wanted = quick ? counts.slice(0, -1) : counts
    const file = (count: number) => join(session.folder, `networks-${count}.yaml`)
    for (const count of wanted) await writeFile(file(count), manyNetworks(count))
    for (let round = 0; round < rounds; round++) {
      for (const count of wanted) {
        const {seconds, peakMemory} = await session.program(['net', 'lint', file(count), '--json'])
        await keep({name: 'net lint', unit: 's'}, count, seconds)
        await keep({name: 'net lint', unit: 'MB'}, count, peakMemory / 1e6)
        say(`lint: ${count}: ${seconds.toFixed(2)} s, ${Math.round(peakMemory / 1e6)} MB`)
      }
    }
  },
}
