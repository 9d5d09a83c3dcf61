import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type IpamName, ipams} from '../../src/catalog/ipam/index.ts'
import type {IpamOption} from '../../src/catalog/ipam/ipam-option.ts'
import {type NetworkType, networkTypes} from '../../src/catalog/network/index.ts'
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

function configOf(type: NetworkType, ipam: IpamName): CniConfig {
  const option: IpamOption = ipams[ipam]
  return cniConfig({
    name: 'data',
    plugin: networkTypes[type].toConfig({name: 'data', ...(networkTypes[type].hasMaster && {master: 'eth1'})}),
    ipam: option.toConfig({subnet: '172.30.0.0/24', start: '172.30.0.32', end: '172.30.0.254'}),
    capabilities: option.capabilities,
  })
}

const pairs = (Object.keys(networkTypes) as readonly NetworkType[]).flatMap((type) =>
  (Object.keys(ipams) as readonly IpamName[]).map((ipam) => [type, ipam] as const),
)

describe.each(pairs)('%s with %s', (type, ipam) => {
  test('is as its golden says, readable', async () => {
    const text = toYaml(networkAttachmentDefinition(input, configOf(type, ipam)))

    expect(text).toContain('config: |-\n')
    await expect(text).toMatchFileSnapshot(`../golden/objects/nad-${type}-${ipam}.yaml`)
  })

  test('carries the configuration that was put in', () => {
    const parsed = parseYaml(toYaml(networkAttachmentDefinition(input, configOf(type, ipam))))

    const {spec} =
      'value' in parsed ? (parsed.value as {readonly spec: {readonly config: string}}) : {spec: {config: ''}}
    expect(JSON.parse(spec.config)).toEqual(configOf(type, ipam))
  })
})

test('any configuration survives being written as YAML and read again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
      const config = JSON.parse(JSON.stringify(values)) as CniConfig
      const parsed = parseYaml(toYaml(networkAttachmentDefinition(input, config)))

      const {spec} =
        'value' in parsed ? (parsed.value as {readonly spec: {readonly config: string}}) : {spec: {config: ''}}
      expect(JSON.parse(spec.config)).toEqual(config)
    }),
  )
})

describe('a network with a file on each node', () => {
  test('is as its golden says: no configuration, and where it lies', async () => {
    await expect(toYaml(nodeFileNetworkAttachmentDefinition(input))).toMatchFileSnapshot(
      '../golden/objects/nad-node-file.yaml',
    )
  })

  test('has a file that Multus reads as one plugin, with the name of the network inside', () => {
    expect(nodeFilePath(input)).toBe('/etc/cni/multus/net.d/default-data.conf')
    expect(JSON.parse(configText(configOf('macvlan', 'host-local')))).toMatchObject({
      name: 'data',
      type: 'macvlan',
      cniVersion: '0.3.1',
    })
  })
})
