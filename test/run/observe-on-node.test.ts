import {describe, expect, test} from 'vitest'
import {readNamespaces} from '../../src/run/pod-namespaces.ts'
import {podsInPlace} from '../../src/run/readiness/pods-in-place.ts'
import {observeOnNode, readLeases} from '../../src/run/target/observe-on-node.ts'
import {fakeContext, fakeExec} from './fakes.ts'

/** As `ip -all netns exec ip -j addr show` printed it on a node of a real cluster, shortened. */
const inside = `
netns: cni-11271079-041b-f697-3dc6-7b99acca084f
[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"address":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1"},{"family":"inet6","local":"::1"}]},{"ifindex":13,"ifname":"eth0","flags":["UP"],"mtu":1500,"address":"5E:c7:e0:9a:92:97","addr_info":[{"family":"inet","local":"10.244.2.211"}]}]

netns: cni-637c0281-18f7-68ee-4a30-5ef47da5ebef
[{"ifindex":11,"ifname":"eth0","flags":["UP"],"mtu":1500,"address":"e2:be:99:31:22:83","addr_info":[]}]
`

describe('what pods have inside', () => {
  test('is read from the namespaces of a node, without a program of theirs', () => {
    expect(readNamespaces(inside)).toEqual([
      {macs: ['00:00:00:00:00:00', '5e:c7:e0:9a:92:97'], addresses: ['127.0.0.1', '10.244.2.211']},
      {macs: ['e2:be:99:31:22:83'], addresses: []},
    ])
  })
})

describe('leases of host-local', () => {
  test('are their files, whose first line is the sandbox', () => {
    const output = '\n=== /var/lib/cni/networks/n/10.20.0.10\nabc\r\nnet1\n=== /var/lib/cni/networks/n/10.20.0.11\ndef'

    expect(readLeases(output)).toEqual([
      {path: '/var/lib/cni/networks/n/10.20.0.10', containerId: 'abc'},
      {path: '/var/lib/cni/networks/n/10.20.0.11', containerId: 'def'},
    ])
  })

  test('are looked for only where a network keeps some, and a look that fails leaves nothing to judge', async () => {
    const {exec, asked} = fakeExec(() => ({exitCode: 1}))

    const seen = await observeOnNode('n', {leaseFolders: []}, fakeContext({engine: {exec}}))

    expect(seen).toEqual({plugins: {}, links: [], leases: []})
    expect(asked.filter((line) => line.includes('/var/lib/cni'))).toEqual([])
  })
})

describe('pods of a node that has started again', () => {
  const pod = (name: string, podIP: string, other: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name},
    spec: {nodeName: 'n', ...other},
    status: {phase: 'Running', podIP},
  })

  test('are back when each has the address that the API tells of', async () => {
    const {exec} = fakeExec(() => inside)
    const looks = [['10.244.2.99'], ['10.244.2.211']]
    const context = fakeContext({
      engine: {exec},
      kubernetes: {
        list: async () => [
          ...(looks.shift() ?? []).map((ip) => pod('web', ip)),
          pod('agent', '172.18.0.3', {hostNetwork: true}),
          {...pod('done', ''), status: {phase: 'Succeeded'}},
        ],
      },
    })
    const seen: string[] = []

    await podsInPlace(
      {type: 'pods-in-place', nodes: ['n']},
      {...context, seen: (text) => seen.push(text), seenBeside: () => undefined},
    )

    expect(seen).toEqual(['not back: web', 'all pods'])
  })
})
