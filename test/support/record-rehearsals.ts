/**
 * Records what rehearsals saw, for test/checks/rehearsal.test.ts: each trial on the nodes of a kind cluster, as test/evidence/rehearsal/NAME.json.
 *
 *   node --import tsx test/support/record-rehearsals.ts CLUSTER MASTER
 *
 * MASTER is a NIC that every node has, without a network of yours on it. Names of nodes are kept; nothing else of the machine is in the files.
 */
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {makeRealDrivers} from '../../src/drivers/real-drivers.ts'
import {kindSite} from '../../src/run/rehearsal/kind-site.ts'
import {rehearse} from '../../src/run/rehearsal/rehearse.ts'
import {trialsOn} from './trial-networks.ts'

const [cluster = '', master = 'eth1'] = process.argv.slice(2)
const folder = join(import.meta.dirname, '../evidence/rehearsal')
const drivers = makeRealDrivers()
const containers = await drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`)
const nodes = containers.map(({name}) => name).toSorted()

mkdirSync(folder, {recursive: true})
for (const [name, {config, ip, mac}] of Object.entries(trialsOn(master, '10.97.0'))) {
  const wish = {
    network: `default/${name}`,
    name,
    namespace: 'default',
    runId: 'abc123',
    olderThan: 60,
    sites: nodes.map((node) => ({site: kindSite(node, drivers), config})),
    ...(ip !== undefined && {ip}),
    ...(mac !== undefined && {mac}),
  }
  const seen = await rehearse(wish, {clock: drivers.clock, signal: new AbortController().signal})
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(seen, undefined, 2)}\n`)
}
