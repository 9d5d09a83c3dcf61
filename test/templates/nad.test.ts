import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  type CniConfig,
  cniConfig,
  configText,
  networkAttachmentDefinition,
  nodeFileNetworkAttachmentDefinition,
  nodeFilePath,
} from '../../src/templates/nad.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {parseYaml} from '../../src/yaml.ts'

const input = {name: 'data', namespace: 'default', description: 'macvlan on the extra network data'}
const parts = {
  name: 'data',
  plugin: {type: 'macvlan', master: 'eth1'},
  ipam: {type: 'host-local'},
  capabilities: {ips: true},
} as const

function configIn(object: object): unknown {
  const parsed = parseYaml(toYaml(object))
  const {spec} = 'value' in parsed ? (parsed.value as {readonly spec: {readonly config: string}}) : {spec: {config: ''}}
  return JSON.parse(spec.config)
}

test('the configuration is a block that a person can read', () => {
  expect(toYaml(networkAttachmentDefinition(input, cniConfig(parts)))).toContain('config: |-\n')
})

test('any configuration survives being written as YAML and read again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
      const config = JSON.parse(JSON.stringify(values)) as CniConfig

      expect(configIn(networkAttachmentDefinition(input, config))).toEqual(config)
    }),
  )
})

test('one plugin is a configuration of its own, several are a list that each declares its capabilities in', () => {
  const chain = [{plugin: {type: 'tuning', mtu: 1400}, capabilities: {mac: true}} as const]

  expect(cniConfig(parts)).toEqual({
    cniVersion: '0.3.1',
    name: 'data',
    type: 'macvlan',
    master: 'eth1',
    capabilities: {ips: true},
    ipam: {type: 'host-local'},
  })
  expect(cniConfig({...parts, chain, cniVersion: '1.0.0'})).toEqual({
    cniVersion: '1.0.0',
    name: 'data',
    plugins: [
      {type: 'macvlan', master: 'eth1', capabilities: {ips: true}, ipam: {type: 'host-local'}},
      {type: 'tuning', mtu: 1400, capabilities: {mac: true}},
    ],
  })
})

test('what is for people and for Multus stands in annotations', () => {
  const {metadata} = networkAttachmentDefinition({...input, owner: 'net team', resource: 'intel.com/sriov'}, {})

  expect(metadata.annotations).toEqual({
    'kubernetes.io/description': 'macvlan on the extra network data',
    'k8s-local.dev/owner': 'net team',
    'k8s.v1.cni.cncf.io/resourceName': 'intel.com/sriov',
  })
})

describe('a network with a file on each node', () => {
  test('is as its golden says: no configuration, and where it lies', async () => {
    await expect(toYaml(nodeFileNetworkAttachmentDefinition(input, nodeFilePath(input)))).toMatchFileSnapshot(
      '../golden/objects/nad-node-file.yaml',
    )
  })

  test('has a file whose name tells Multus whether one plugin is in it or several', () => {
    expect(nodeFilePath(input)).toBe('/etc/cni/multus/net.d/default-data.conf')
    expect(nodeFilePath({...input, isList: true})).toBe('/etc/cni/multus/net.d/default-data.conflist')
    expect(JSON.parse(configText(cniConfig(parts)))).toMatchObject({name: 'data', type: 'macvlan'})
  })
})
