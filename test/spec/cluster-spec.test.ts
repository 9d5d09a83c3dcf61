import {describe, expect, test} from 'vitest'
import {readClusterSpec} from '../../src/spec/read-cluster-spec.ts'
import {findingsOf, problemOf, rawOf} from './raw.ts'

const findings = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  findingsOf(() => readClusterSpec(rawOf(values)))

describe('what is asked for', () => {
  test('nothing asked is a cluster with one extra network', () => {
    expect(readClusterSpec({})).toEqual({
      name: 'k8s-local',
      kubernetes: 'auto',
      controlPlanes: 1,
      workers: 2,
      cni: 'cilium',
      multus: 'thin',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      networks: [{name: 'data', subnet: 'auto'}],
      testNetworks: true,
    })
  })

  test('the spec cannot be changed afterwards', () => {
    const spec = readClusterSpec({})

    expect([spec, spec.networks, spec.networks[0]].every(Object.isFrozen)).toBe(true)
  })

  test.each([
    ['auto', 'auto'],
    ['1.34', '1.34'],
    ['v1.34', '1.34'],
    ['1.34.4', 'v1.34.4'],
    ['v1.37.0', 'v1.37.0'],
    [1.34, '1.34'],
  ])('Kubernetes %s is %s', (raw, kubernetes) => {
    expect(readClusterSpec(rawOf({kubernetes: raw})).kubernetes).toBe(kubernetes)
  })

  test.each([
    ['repeated flags', ['data', 'storage=172.31.4.0/24']],
    ['one text', 'data, storage=172.31.4.0/24'],
    ['a file', [{name: 'data'}, {name: 'storage', subnet: '172.31.4.0/24'}]],
  ])('networks come from %s', (_where, networks) => {
    expect(readClusterSpec(rawOf({networks})).networks).toEqual([
      {name: 'data', subnet: 'auto'},
      {name: 'storage', subnet: '172.31.4.0/24'},
    ])
  })

  test.each([{networks: 'none'}, {multus: 'none'}])('%o leaves test networks out without a word', (values) => {
    expect(readClusterSpec(rawOf(values)).testNetworks).toBe(false)
  })
})

describe('a value that is wrong in itself', () => {
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [
      {name: 'Dev'},
      "--name: 'Dev' is not a name for a cluster: use lower-case letters, digits and dashes, starting and ending with a letter or digit",
    ],
    [
      {name: '-dev'},
      "--name: '-dev' is not a name for a cluster: use lower-case letters, digits and dashes, starting and ending with a letter or digit",
    ],
    [{name: 'a'.repeat(41)}, `--name: '${'a'.repeat(41)}' has 41 characters: a name for a cluster has at most 40`],
    [{cni: 'flannel'}, "--cni: 'flannel' is not one of cilium, calico"],
    [{multus: 'thck'}, "--multus: 'thck' is not one of thin, thick, none (did you mean thick?)"],
    [{workers: 10}, '--workers: 10 is not a whole number from 0 to 9'],
    [{controlPlanes: '2'}, "--controlPlanes: '2' is not one of 1, 3, 5"],
    [{kubernetes: '1.30'}, '--kubernetes: Kubernetes 1.30 is not supported: 1.31 to 1.37 are'],
    [{kubernetes: '1.38.0'}, '--kubernetes: Kubernetes 1.38 is not supported: 1.31 to 1.37 are'],
    [{kubernetes: 'latest'}, "--kubernetes: 'latest' is not a Kubernetes version such as 1.34, v1.34.4 or auto"],
    [{kubernetes: 1.4}, "--kubernetes: 1.4 is a number: write the version in quotes, as '1.40'"],
    [{podSubnet: '10.244.0.0'}, "--podSubnet: '10.244.0.0' is not a subnet such as 172.30.5.0/24"],
    [
      {podSubnet: '10.244.1.0/16'},
      "--podSubnet: '10.244.1.0/16' has bits set behind its prefix (did you mean 10.244.0.0/16?)",
    ],
    [{serviceSubnet: 'fd00:10:96::/112'}, '--serviceSubnet: fd00:10:96::/112 is IPv6: k8s-local makes IPv4 clusters'],
    [{networks: ['a=b=c']}, "--networks: 'a=b=c' is not NAME or NAME=CIDR"],
    [
      {networks: ['sixteen-letters-']},
      "--networks: 'sixteen-letters-' is not a name for an extra network: use lower-case letters, digits and dashes, starting and ending with a letter or digit",
    ],
    [
      {networks: ['sixteen-letters1']},
      "--networks: 'sixteen-letters1' has 16 characters: a name for an extra network has at most 15",
    ],
    [{networks: [{name: 'data', cidr: '10.0.0.0/24'}]}, "--networks: a network has no 'cidr', only name and subnet"],
    [{networks: [7]}, '--networks: 7 is not a network with name and subnet'],
  ])('case %#: %o', (values, finding) => {
    expect(findings(values)).toEqual([finding])
  })
})

describe('values that do not go together', () => {
  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      {networks: ['data=10.244.3.0/24']},
      ['--networks: the network data, 10.244.3.0/24, lies inside the pod subnet, 10.244.0.0/16'],
    ],
    [
      {serviceSubnet: '10.240.0.0/12'},
      ['--serviceSubnet: the service subnet, 10.240.0.0/12, overlaps the pod subnet, 10.244.0.0/16'],
    ],
    [
      {networks: ['a=172.30.0.0/24', 'b=172.30.0.0/25']},
      ['--networks: the network b, 172.30.0.0/25, lies inside the network a, 172.30.0.0/24'],
    ],
    [{networks: ['data', 'data']}, ['--networks: two extra networks are called data']],
    [
      {networks: ['data=172.30.0.0/27']},
      ['--networks: the network data, 172.30.0.0/27, is too small: /16 to /26 are possible'],
    ],
    [
      {networks: ['data=172.16.0.0/12']},
      ['--networks: the network data, 172.16.0.0/12, is too large: /16 to /26 are possible'],
    ],
    [
      {networks: ['data=169.254.0.0/24']},
      ['--networks: the network data, 169.254.0.0/24, lies among the addresses for link-local use'],
    ],
    [
      {networks: ['data=239.1.0.0/24']},
      ['--networks: the network data, 239.1.0.0/24, lies among the addresses for multicast and future use'],
    ],
    [
      {podSubnet: '10.244.0.0/23'},
      ['--podSubnet: the pod subnet, 10.244.0.0/23, is too small: /8 to /22 are possible'],
    ],
    [
      {podSubnet: '10.244.0.0/22', workers: 4},
      ['--podSubnet: the pod subnet 10.244.0.0/22 has room for 4 nodes of a /24 each, and 5 are asked for'],
    ],
    [
      {serviceSubnet: '10.96.0.0/28'},
      ['--serviceSubnet: the service subnet, 10.96.0.0/28, is too small: /12 to /24 are possible'],
    ],
    [{multus: 'none', testNetworks: true}, ['--testNetworks: test networks need Multus, and --multus is none']],
    [
      {networks: 'none', testNetworks: 'yes'},
      ['--testNetworks: test networks sit on extra networks, and there are none'],
    ],
  ])('case %#: %o', (values, expected) => {
    expect(findings(values)).toEqual(expected)
  })

  test('as many nodes as the pod subnet has room for are fine', () => {
    expect(readClusterSpec(rawOf({podSubnet: '10.244.0.0/22', workers: 3})).workers).toBe(3)
  })

  test('a default that clashes with what was asked for points to the flag', () => {
    const problem = problemOf(() => readClusterSpec(rawOf({podSubnet: '10.96.0.0/14'})))

    expect(problem.message).toBe(
      '--service-subnet: the service subnet, 10.96.0.0/16, lies inside the pod subnet, 10.96.0.0/14',
    )
  })

  test('faults of fields and between fields come together', () => {
    expect(findings({cni: 'celium', workers: 'two', networks: ['a', 'a']})).toHaveLength(3)
  })
})
