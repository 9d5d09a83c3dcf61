import {describe, expect, test} from 'vitest'
import {readNetworkFile} from '../../src/checks/rehearsal/read-network-file.ts'

const head = (name: string) =>
  `apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nmetadata:\n  name: ${name}`

function networksOf(text: string) {
  const read = readNetworkFile(text, 'from-file')
  if ('fault' in read) throw new Error(read.fault)
  return read.networks
}

describe('a file of networks', () => {
  test('may hold several, among other objects', () => {
    const text = [
      `${head('a')}\n  namespace: team\nspec:\n  config: '{"type": "bridge"}'`,
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team',
      `${head('b')}\nspec:\n  config: |\n    {"type": "macvlan"}`,
    ].join('\n---\n')

    expect(networksOf(text)).toEqual([
      {name: 'a', namespace: 'team', config: '{"type": "bridge"}'},
      {name: 'b', config: '{"type": "macvlan"}'},
    ])
  })

  test('may quote its configuration as guides do, with the last line below the key', () => {
    const text = `${head('a')}\nspec:\n  config: '{\n    "type": "bridge",\n    "ipam": {}\n  }'\n---\n${head('b')}\nspec:\n  config: '{"type": "ptp"}'\n`

    expect(networksOf(text).map(({name, config}) => [name, JSON.parse(config) as unknown])).toEqual([
      ['a', {type: 'bridge', ipam: {}}],
      ['b', {type: 'ptp'}],
    ])
  })

  test('may be JSON, and a list as kubectl prints it', () => {
    const item = {kind: 'NetworkAttachmentDefinition', metadata: {name: 'a'}, spec: {config: '{"type": "tap"}'}}

    expect(networksOf(JSON.stringify({kind: 'List', items: [item]}))).toEqual([{name: 'a', config: '{"type": "tap"}'}])
  })

  test('may be without configuration: the nodes are to have it', () => {
    expect(networksOf(head('a'))).toEqual([{name: 'a', config: ''}])
  })

  test.each([
    ['with a name', '{"name": "own", "type": "bridge"}', 'own'],
    ['of plugins', '{"plugins": [{"type": "bridge"}]}', 'from-file'],
    ['that is not quite JSON', '{"type": "bridge",}', 'from-file'],
    ['that is nothing at all', '{"type": "bridge"', 'from-file'],
  ])('may be a bare configuration %s, which stays as it was written', (_, config, name) => {
    expect(networksOf(config)).toEqual([{name, config}])
  })

  test.each([
    ['of other objects', 'kind: Pod\nmetadata: {name: a}', 'neither a NetworkAttachmentDefinition nor'],
    ['that is not YAML', 'kind: [', 'neither YAML nor JSON: line'],
    ['that is empty', '', 'neither a NetworkAttachmentDefinition nor'],
  ])('%s is refused with the reason', (_, text, reason) => {
    expect(readNetworkFile(text, 'x')).toEqual({fault: expect.stringContaining(reason) as string})
  })
})
