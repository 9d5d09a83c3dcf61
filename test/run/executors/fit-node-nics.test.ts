import {describe, expect, test} from 'vitest'
import {fitNodeNics} from '../../../src/run/executors/fit-node-nics.ts'
import {container, fakeContext, fakeExec} from '../fakes.ts'

const action = {
  type: 'fit-node-nics',
  network: 'demo-data',
  interface: 'eth1',
  addresses: {'demo-worker': '172.30.0.3'},
  prefix: 24,
} as const

const right = {
  ifname: 'eth1',
  address: '02:42:ac:1e:00:03',
  flags: ['UP'],
  addr_info: [{family: 'inet', local: '172.30.0.3'}],
}

describe('fit-node-nics', () => {
  test.each([
    [
      'has another name',
      {ifname: 'eth3'},
      ['link set dev eth3 down', 'link set dev eth3 name eth1', 'link set dev eth1 up'],
    ],
    ['is down', {flags: []}, ['link set dev eth1 up']],
    ['has no address', {addr_info: []}, ['address add 172.30.0.3/24 broadcast + dev eth1', 'link set dev eth1 up']],
  ])('puts a NIC right that %s', async (_case, other, lines) => {
    const {context, batches} = world({...right, ...other})

    expect(await fitNodeNics(action, context)).toEqual({already: false})
    expect(batches).toEqual([`${lines.join('\n')}\n`])
  })

  test('finds its work done', async () => {
    const {context, batches} = world(right)

    expect(await fitNodeNics(action, context)).toEqual({already: true})
    expect(batches).toEqual([])
  })

  test('says what there is where the NIC of that MAC is missing', async () => {
    const {context} = world({...right, address: '02:42:ac:12:00:03'})

    await expect(fitNodeNics(action, context)).rejects.toMatchObject({
      data: {name: 'engine-network-conflict', cause: 'It has: eth1 02:42:ac:12:00:03'},
    })
  })
})

function world(link: object) {
  const batches: unknown[] = []
  const {exec} = fakeExec((_, argv, {stdin}) => {
    if (argv.includes('-batch')) batches.push(stdin)
    return argv.includes('-batch') ? '' : JSON.stringify([link])
  })
  const worker = container('demo-worker', {addresses: {'demo-data': {ip: '172.30.0.3', mac: '02:42:AC:1E:00:03'}}})
  return {batches, context: fakeContext({engine: {exec, containers: async () => [worker]}})}
}
