import {inParallel} from '../../../src/run/in-parallel.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {run} from '../../world/shell-out.ts'
import {networkConfig} from '../many-networks.ts'
import type {Curve, CurveRun} from './curve.ts'
import {cluster} from './session.ts'

const counts = [1, 10, 100, 1000, 10_000]
const namespace = 'bench-scale'

/** What a NetworkAttachmentDefinition more in the cluster costs `net list`, and kubectl beside it. */
export const list: Curve = {
  name: 'list',
  title: 'net list, by definitions in the cluster',
  across: 'definitions',
  needsCluster: true,
  measure: async (curve) => {
    const {session, rounds, quick, say} = curve
    // The count has to be that of the definitions which are made here: no network of the cluster's own beside them.
    await session.create(['--workers', '0', '--network', 'none', '--no-test-networks', '--no-verify'])
    const hasKubectl = (await run(['kubectl', 'version', '--client'])).code === 0
    if (!hasKubectl) say('list: there is no kubectl to show beside it')
    let there = 0
    for (const count of quick ? counts.slice(0, -1) : counts) {
      await define(curve, there, count)
      there = count
      for (let round = 0; round < rounds; round++) await look(curve, count, hasKubectl)
    }
    await session.remove()
  },
}

async function define({session: {kubernetes, signal}, say}: CurveRun, from: number, to: number): Promise<void> {
  const client = await kubernetes()
  await client.apply({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}, {signal})
  const numbers = Array.from({length: to - from}, (_, index) => from + index)
  const started = performance.now()
  await inParallel(numbers, (index) => client.apply(definition(index), {signal}), 16)
  say(`list: ${to - from} definitions made in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

function definition(index: number): KubernetesObject {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name: `network-${index}`, namespace},
    spec: {config: networkConfig(index)},
  }
}

async function look({session, keep, say}: CurveRun, count: number, hasKubectl: boolean): Promise<void> {
  const {seconds, peakMemory, stdout} = await session.program(['net', 'list', '--cluster', cluster, '--json'])
  const {networks} = JSON.parse(stdout) as {readonly networks: readonly unknown[]}
  if (networks.length !== count) throw new Error(`net list shows ${networks.length} networks of ${count}`)
  await keep({name: 'net list', unit: 's'}, count, seconds)
  await keep({name: 'net list', unit: 'MB'}, count, peakMemory / 1e6)
  say(`list: ${count}: ${seconds.toFixed(2)} s, ${Math.round(peakMemory / 1e6)} MB`)
  if (!hasKubectl) return
  const other = await session.other(['kubectl', 'get', 'net-attach-def', '--all-namespaces', '--output', 'json'])
  await keep({name: 'kubectl get', unit: 's'}, count, other.seconds)
  await keep({name: 'kubectl get', unit: 'MB'}, count, other.peakMemory / 1e6)
}
