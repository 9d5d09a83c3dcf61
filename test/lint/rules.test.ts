import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../../src/lint/rules/index.ts'
import {lintText, networkText, podText} from './given.ts'

const hostLocal = {type: 'host-local', ranges: [[{subnet: '10.20.0.0/24'}]]}
const bridge = {cniVersion: '1.0.0', type: 'bridge', bridge: 'br-data', ipam: hostLocal}
const macvlan = {
  cniVersion: '1.0.0',
  type: 'macvlan',
  master: 'eth0',
  ipam: {type: 'whereabouts', range: '10.30.0.0/24'},
}
const chain = (...plugins: readonly object[]) => ({cniVersion: '1.0.0', plugins})
const both = (network: object, networks: unknown) => `${networkText(network)}---\n${podText(networks)}`
const workload = (kind: string, spec: string) =>
  podText('data')
    .replace('kind: Pod', `kind: ${kind}`)
    .replace(/spec:\n[\s\S]*/, `spec:\n${spec}`)

/** What is found in a text: the codes, each once, in order. */
const cases: readonly (readonly [what: string, text: string, codes: readonly string[]])[] = [
  ['an indentation that fits nothing', 'a:\n  - b\n c: d\n', ['KL-L001']],
  ['a configuration that is YAML', networkText('').replace('config: ""', 'config: {type: bridge}'), ['KL-L101']],
  [
    'a configuration with a comment',
    networkText('{"type": "bridge", // why\n "cniVersion": "1.0.0", "ipam": {}}'),
    ['KL-L101'],
  ],
  ['a configuration that is a list', networkText('[]'), ['KL-L101']],
  ['a key given twice', networkText('{"cniVersion": "1.0.0", "type": "bridge", "type": "bridge"}'), ['KL-L102']],
  ['no plugin', networkText({cniVersion: '1.0.0'}), ['KL-L103']],
  ['an empty list of plugins', networkText(chain()), ['KL-L103']],
  ['a plugin without a type', networkText(chain(bridge, {mtu: 1400})), ['KL-L103']],
  ['both type and plugins', networkText({...chain(bridge), type: 'bridge'}), ['KL-L103']],
  ['a version of tomorrow', networkText({...bridge, cniVersion: '9.0.0'}), ['KL-L104']],
  ['another name inside', networkText({...bridge, name: 'other'}), ['KL-L105']],
  ['a name that plugins refuse', networkText({...bridge, name: 'my data'}), ['KL-L105']],
  ['no configuration', networkText(''), ['KL-L106']],
  ['an old apiVersion', networkText(bridge).replace('cncf.io/v1\n', 'cncf.io/v1beta1\n'), ['KL-L107']],
  ['a name with capitals', networkText(bridge, {name: 'Data'}), ['KL-L108']],
  ['one network twice', `${networkText(bridge)}---\n${networkText(bridge)}`, ['KL-L109']],
  ['one name in two namespaces', `${networkText(bridge)}---\n${networkText(bridge, {namespace: 'team'})}`, ['KL-L110']],
  ['a plugin that nobody knows', networkText({...bridge, type: 'quantum-entangler'}), ['KL-L201']],
  [
    'an IPAM that nobody knows',
    networkText({...bridge, ipam: {type: 'host-lokal', subnet: '10.20.0.0/24'}}),
    ['KL-L201'],
  ],
  ['a key with other capitals', networkText({...bridge, isgateway: true}), ['KL-L202']],
  ['a key beside config', networkText(bridge).replace('spec:\n', 'spec:\n  mtu: 1\n'), ['KL-L202']],
  ['a number in quotes', networkText({...bridge, mtu: '1500'}), ['KL-L203']],
  ['a mode that is none', networkText({...macvlan, mode: 'brigde'}), ['KL-L203']],
  ['a VLAN above 4094', networkText({...bridge, vlan: 5000}), ['KL-L203']],
  ['a bridge with a long name', networkText({...bridge, bridge: 'bridge-for-storage'}), ['KL-L203']],
  ['eth0 as a bridge', networkText({...bridge, bridge: 'eth0'}), ['KL-L203']],
  ['ptp without ipam', networkText({cniVersion: '1.0.0', type: 'ptp'}), ['KL-L204']],
  ['host-device without a device', networkText({cniVersion: '1.0.0', type: 'host-device'}), ['KL-L204']],
  ['host-local without a range', networkText({...bridge, ipam: {type: 'host-local'}}), ['KL-L204']],
  ['an ipam without a type', networkText({...bridge, ipam: {subnet: '10.20.0.0/24'}}), ['KL-L204']],
  ['hairpin with promisc', networkText({...bridge, hairpinMode: true, promiscMode: true}), ['KL-L205']],
  ['a rate without its burst', networkText(chain(bridge, {type: 'bandwidth', ingressRate: 1000})), ['KL-L205']],
  ['bandwidth behind macvlan', networkText(chain(macvlan, {type: 'bandwidth'})), ['KL-L206']],
  ['addresses by a chained plugin', networkText(chain(bridge, {type: 'tuning', ipam: hostLocal})), ['KL-L206']],
  ['a subnet that is none', networkText({...bridge, ipam: {type: 'host-local', subnet: '10.20.0.0'}}), ['KL-L301']],
  [
    'a subnet of two addresses',
    networkText({...bridge, ipam: {type: 'host-local', subnet: '10.20.0.0/31'}}),
    ['KL-L301'],
  ],
  [
    'a static address without a prefix',
    networkText({...macvlan, ipam: {type: 'static', addresses: [{address: '10.2.0.1'}]}}),
    ['KL-L301'],
  ],
  ['a route that goes nowhere', networkText({...bridge, ipam: {...hostLocal, routes: [{dst: '10.0.0'}]}}), ['KL-L301']],
  [
    'a range that ends before it starts',
    networkText({
      ...bridge,
      ipam: {type: 'host-local', subnet: '10.20.0.0/24', rangeStart: '10.20.0.9', rangeEnd: '10.20.0.5'},
    }),
    ['KL-L302'],
  ],
  [
    'an exclusion elsewhere',
    networkText({...macvlan, ipam: {type: 'whereabouts', range: '10.30.0.0/24', exclude: ['10.31.0.0/30']}}),
    ['KL-L302'],
  ],
  [
    'a gateway that may be handed out',
    networkText({...macvlan, ipam: {type: 'whereabouts', range: '10.30.0.0/24', gateway: '10.30.0.1'}}),
    ['KL-L303'],
  ],
  [
    'the services of the cluster',
    networkText({...bridge, ipam: {type: 'host-local', subnet: '10.96.1.0/24'}}),
    ['KL-L304'],
  ],
  ['isDefaultGateway', networkText({...bridge, isDefaultGateway: true}), ['KL-L307']],
  ['IPv6 default route', networkText({...bridge, ipam: {...hostLocal, routes: [{dst: '::/0'}]}}), ['KL-L307']],
  ['dhcp on ipvlan', networkText({...macvlan, type: 'ipvlan', ipam: {type: 'dhcp'}}), ['KL-L308']],
  [
    'passthru shared',
    `${networkText({...macvlan, mode: 'passthru'})}---\n${networkText(macvlan, {name: 'more'})}`,
    ['KL-L402'],
  ],
  ['an MTU below what Linux takes', networkText({...bridge, mtu: 60}), ['KL-L403']],
  ['an element that is a text', podText(['data']), ['KL-L501']],
  ['ips that are a text', podText([{name: 'data', ips: '10.20.0.5/24'}]), ['KL-L501']],
  ['a namespace inside "name"', podText([{name: 'team/data'}]), ['KL-L501']],
  ['two slashes', podText('a/b/c'), ['KL-L501']],
  ['a key that Multus does not know', podText([{name: 'data', interfaceName: 'data1'}]), ['KL-L502']],
  ['capitals in the short form', podText('Data'), ['KL-L503']],
  ['eth0 again', podText('data@eth0'), ['KL-L504']],
  ['one interface name twice', podText('a@data1,b@data1'), ['KL-L504']],
  ['a name that is the default of another', podText('a@net2,b'), ['KL-L504']],
  ['a network that is almost called so', both(bridge, 'dta'), ['KL-L505']],
  ['ips of whereabouts', both(macvlan, [{name: 'data', ips: ['10.30.0.5/24']}]), ['KL-L506']],
  ['an address that is none', podText([{name: 'data', ips: ['10.30.0']}]), ['KL-L507']],
  [
    'the address of the gateway',
    both({...bridge, capabilities: {ips: true}}, [{name: 'data', ips: ['10.20.0.1']}]),
    ['KL-L507'],
  ],
  [
    'two addresses of host-local',
    both({...bridge, capabilities: {ips: true}}, [{name: 'data', ips: ['10.20.0.5', '10.20.0.6']}]),
    ['KL-L507'],
  ],
  ['a MAC address that is none', podText([{name: 'data', mac: '02:00'}]), ['KL-L508']],
  [
    'a MAC address on ptp',
    both({cniVersion: '1.0.0', type: 'ptp', ipam: hostLocal}, [{name: 'data', mac: '02:00:00:00:00:01'}]),
    ['KL-L508'],
  ],
  [
    'the same range in two networks of one VLAN',
    ['data', 'more']
      .map((name) => networkText({...macvlan, type: 'vlan', vlanId: 5, name: `${name}-5`, ipam: hostLocal}, {name}))
      .join('---\n'),
    ['KL-L306', 'KL-L305'],
  ],
  [
    'an MTU that leaves no room for VXLAN',
    networkText({...macvlan, master: 'vxlan0', mtu: 1451}),
    ['KL-L401', 'KL-L403'],
  ],
  ['an MTU that tuning sets', networkText(chain(macvlan, {type: 'tuning', mtu: 1501})), ['KL-L403']],
  [
    'more pods than a node has addresses of host-local',
    `${networkText({...bridge, ipam: {type: 'host-local', subnet: '10.20.0.0/30'}})}---\n${workload(
      'ReplicaSet',
      '  replicas: 2\n  template:\n    metadata: {annotations: {k8s.v1.cni.cncf.io/networks: data}}\n',
    )}`,
    ['KL-L516'],
  ],
  ['an empty default-route', podText([{name: 'data', 'default-route': []}]), ['KL-L509']],
  ['two default networks', podText('default/a,default/b', {key: 'v1.multus-cni.io/default-network'}), ['KL-L510']],
  ['a misspelt annotation', podText('data', {key: 'k8s.v1.cni.cncf.io/network'}), ['KL-L513']],
  ['a pod on the network of its node', podText('data', {spec: '  hostNetwork: true\n'}), ['KL-L514']],
  [
    'a device that nobody asks for',
    `${networkText({cniVersion: '1.0.0', type: 'sriov'}, {annotations: {'k8s.v1.cni.cncf.io/resourceName': 'intel.com/vf'}})}---\n${podText('data')}`,
    ['KL-L515'],
  ],
  [
    'two pods for one address',
    `${networkText({...macvlan, ipam: {type: 'whereabouts', range: '10.30.0.5-10.30.0.5/24'}})}---\n${podText('data')}---\n${podText('data')}`,
    ['KL-L516'],
  ],
  [
    'a Role for another API group',
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a, namespace: b}\nrules:\n  - apiGroups: [""]\n    resources: [network-attachment-definitions]\n    verbs: [get]\n`,
    ['KL-L601'],
  ],
  [
    'a Namespace that comes too late',
    `${networkText(bridge, {namespace: 'team'})}---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: team\n`,
    ['KL-L602'],
  ],
  [
    'a Job that carries the annotation itself',
    workload('Job', '  template:\n    spec:\n      containers: []\n'),
    ['KL-L512'],
  ],
  [
    'a CronJob that carries the annotation itself',
    workload('CronJob', '  jobTemplate:\n    spec:\n      template:\n        spec: {}\n'),
    ['KL-L512'],
  ],
]

describe('rules', () => {
  test.each(cases)('%s', (_, text, codes) => {
    const {findings} = lintText(text)

    expect([...new Set(findings.map(({code}) => code))]).toEqual(codes)
  })

  test('have codes of their own, in order, and say everything', () => {
    const codes = rules.map(({code}) => code)

    expect(codes).toEqual([...new Set(codes)].toSorted())
    for (const {code, title, why, fix} of rules) {
      expect(code).toMatch(/^KL-L\d{3}$/)
      expect(title).toMatch(/^[A-Za-z].*[^.]$/)
      expect(why).toMatch(/\.$/)
      expect(fix).toMatch(/^\S.+[^.]$/)
    }
  })

  test('are each broken by some text of these tests', () => {
    const guides = join(import.meta.dirname, '../guides')
    const wrong = readdirSync(guides).map((guide) => readFileSync(join(guides, guide, 'wrong.yaml'), 'utf8'))
    const expected = wrong.flatMap((text) => text.match(/KL-L\d{3}/g) ?? [])
    const broken = new Set([...expected, ...cases.flatMap(([, , codes]) => codes)])

    // Only a cluster can break these: see facts.test.ts.
    expect(rules.map(({code}) => code).filter((code) => !broken.has(code))).toEqual([
      'KL-L111',
      'KL-L207',
      'KL-L209',
      'KL-L309',
      'KL-L310',
      'KL-L517',
    ])
  })
})

describe('what is right', () => {
  test.each([
    ['the short form', podText('data, other@data1')],
    ['the JSON form', podText([{name: 'data', interface: 'data1', mac: '02:00:00:00:00:01', 'cni-args': {a: 1}}])],
    ['an empty annotation', podText('')],
    [
      'dual stack',
      networkText({
        ...bridge,
        ipam: {type: 'host-local', ranges: [[{subnet: '10.20.0.0/24'}], [{subnet: 'fd00:20::/64'}]]},
      }),
    ],
    [
      'a range of first and last',
      networkText({...macvlan, ipam: {type: 'whereabouts', range: '10.30.0.10-10.30.0.20/24'}}),
    ],
    ['a plugin of others', networkText({...bridge, type: 'ovs', bridge: 'ovs-bridge'})],
    ['layer 2 alone', networkText({cniVersion: '0.3.1', type: 'macvlan', master: 'eth0'})],
    [
      'one bridge for two networks',
      `${networkText(bridge)}---\n${networkText({...bridge, ipam: {type: 'host-local', subnet: '10.21.0.0/24'}}, {name: 'more'})}`,
    ],
    [
      'one range of whereabouts for two networks',
      `${networkText(macvlan)}---\n${networkText(macvlan, {name: 'more'})}`,
    ],
    ['the whole MTU on a VLAN', networkText({...macvlan, type: 'vlan', vlanId: 5, mtu: 1500})],
    [
      'one range on one bridge for two VLANs',
      `${networkText({...bridge, vlan: 5})}---\n${networkText({...bridge, vlan: 6}, {name: 'more'})}`,
    ],
    [
      'exclusions that overlap each other',
      both(
        {
          ...macvlan,
          ipam: {type: 'whereabouts', range: '10.30.0.0/29', exclude: ['10.30.0.0/30', '10.30.0.2/31', '10.30.0.6']},
        },
        'data',
      ),
    ],
    ['a file of another program', 'services:\n  web:\n    image: nginx\n'],
    [
      'annotations of others',
      podText('data').replace('annotations:\n', 'annotations:\n    k8s.v1.cni.cncf.io/policy-for: a\n'),
    ],
    ['a name with its namespace', networkText({...bridge, name: 'team-data'}, {namespace: 'team'})],
    ['nothing at all', ''],
  ])('%s is passed over in silence', (_, text) => {
    expect(lintText(text).findings).toEqual([])
  })
})
