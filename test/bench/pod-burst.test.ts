import {expect, onTestFinished, test} from 'vitest'
import {type PodsWish, removePods, startPods} from '../../scripts/bench/scale/pod-burst.ts'
import {clock} from '../../src/drivers/clock.ts'
import {createKubernetesDriver} from '../../src/drivers/kubernetes/client.ts'
import type {KubernetesDriver} from '../../src/drivers/ports.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {type FakeApi, startFakeApi} from '../support/fake-api/server.ts'

const signal = new AbortController().signal
const wish: PodsWish = {count: 5, nodes: ['a', 'b', 'c'], image: 'probe:1'}

test('pods are spread over the nodes, and the wait ends when each is Ready', async () => {
  const {fake, client} = await setUp()
  makeReady(fake, () => undefined)
  const {seconds, seen} = await startPods(client, wish, signal)

  expect(seconds).toBeGreaterThan(0)
  expect(seen).toBe('5 of 5 were ready')
  const nodes = fake.store.list('/api/v1/pods').map((pod) => (pod['spec'] as {readonly nodeName: string}).nodeName)
  expect(nodes).toEqual(['a', 'b', 'c', 'a', 'b'])
})

test('a pod that is Ready counts only when its status has an address on net1', async () => {
  const {fake, client} = await setUp()
  const told: string[] = []
  makeReady(fake, (name) => {
    // The second time with an address.
    told.push(name)
    const ips = told.filter((one) => one === name).length > 1 ? ['10.76.4.1'] : []
    return [{name: 'default/whereabouts', interface: 'net1', ips}]
  })
  const {seen} = await startPods(client, {...wish, network: 'whereabouts'}, signal)

  expect(seen).toBe('5 of 5 were ready')
  expect(told.length).toBeGreaterThanOrEqual(10)
})

test('they are removed all, and the wait ends when the last is gone', async () => {
  const {fake, client} = await setUp()
  makeReady(fake, () => undefined)
  await startPods(client, wish, signal)
  await removePods(client, signal)

  expect(fake.store.list('/api/v1/pods')).toEqual([])
})

async function setUp(): Promise<{readonly fake: FakeApi; readonly client: KubernetesDriver}> {
  const fake = await startFakeApi()
  onTestFinished(() => fake.stop())
  const client = await createKubernetesDriver(fake.kubeconfig, undefined, {processes: createProcessDriver(), clock})
  return {fake, client}
}

/** What kubelet and Multus do: each pod becomes Ready a moment after it was made, and then says once more what its status is. */
function makeReady(fake: FakeApi, statusOf: (name: string) => object | undefined): void {
  fake.store.subscribe(({type, object: {metadata}}) => {
    if (type !== 'ADDED') return
    for (const delay of [10, 60])
      setTimeout(() => {
        const status = statusOf(metadata.name)
        const annotations = status && {'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status)}
        fake.store.apply(`/api/v1/namespaces/default/pods/${metadata.name}`, {
          metadata: {...(annotations && {annotations})},
          status: {conditions: [{type: 'Ready', status: 'True'}]},
        })
      }, delay)
  })
}
