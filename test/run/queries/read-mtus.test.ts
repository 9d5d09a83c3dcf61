import {describe, expect, test} from 'vitest'
import type {Finished, KubernetesDriver} from '../../../src/drivers/ports.ts'
import type {TargetPod} from '../../../src/plan/facts.ts'
import {Problem} from '../../../src/problem.ts'
import {readMtus} from '../../../src/run/queries/read-mtus.ts'

const pod: TargetPod = {
  namespace: 'default',
  name: 'one',
  node: 'demo-worker',
  phase: 'Running',
  ready: true,
  requested: 'data',
  status: [
    {name: 'cilium', interface: 'eth0', default: true},
    {name: 'default/data', interface: 'net1'},
  ],
}

describe('reading MTUs', () => {
  test('takes from the pod what network-status does not carry, in one call', async () => {
    const {asked, mtus} = await read(pod, async () => ({exitCode: 0, stdout: '1450\n1500\n', stderr: ''}))

    expect(asked).toEqual(['default/one: cat /sys/class/net/eth0/mtu /sys/class/net/net1/mtu'])
    expect(mtus).toEqual([1450, 1500])
  })

  test('asks nothing where the status has them all, and nothing of pods that do not run or have no networks', async () => {
    const answer = async () => ({exitCode: 0, stdout: '9\n9\n', stderr: ''})
    const complete = {...pod, status: pod.status.map((one) => ({...one, mtu: 9000}))}

    expect(await read(complete, answer)).toEqual({asked: [], mtus: [9000, 9000]})
    expect(await read({...pod, ready: false}, answer)).toEqual({asked: [], mtus: [undefined, undefined]})
    expect(await read({...pod, requested: ''}, answer)).toEqual({asked: [], mtus: [undefined, undefined]})
  })

  test('leaves them unknown for a pod that has no cat, or cannot be asked', async () => {
    const withoutCat = await read(pod, async () => ({exitCode: 126, stdout: '', stderr: 'cat: not found'}))
    const unreachable = await read(pod, async () => {
      throw new Problem('api-refused', {message: 'container not found'})
    })

    expect(withoutCat.mtus).toEqual([undefined, undefined])
    expect(unreachable.mtus).toEqual([undefined, undefined])
  })
})

async function read(one: TargetPod, answer: () => Promise<Finished>) {
  const asked: string[] = []
  const exec: KubernetesDriver['exec'] = async ({namespace, name}, argv) => {
    asked.push(`${namespace}/${name}: ${argv.join(' ')}`)
    return await answer()
  }
  const kubernetes = {exec} as KubernetesDriver
  const [seen] = await readMtus([one], {kubernetes, signal: new AbortController().signal})
  return {asked, mtus: seen?.status.map(({mtu}) => mtu)}
}
