import {describe, expect, test} from 'vitest'
import {attachmentText, readNetworkReference} from '../../src/spec/attachment.ts'
import {readPodSpec} from '../../src/spec/read-pod-spec.ts'
import {findingsOf, rawOf} from './raw.ts'

describe('a network to attach', () => {
  test.each([
    ['data', {network: 'data'}],
    ['team/data', {namespace: 'team', network: 'data'}],
    ['data@data1', {network: 'data', interface: 'data1'}],
    ['team/data.lan@data1', {namespace: 'team', network: 'data.lan', interface: 'data1'}],
  ])('%s is read, and written as it was', (text, attachment) => {
    expect(readNetworkReference(text)).toEqual({value: attachment})
    expect(attachmentText(attachment)).toBe(text)
  })

  test.each(['', '/data', 'a/b/c', 'data@', 'data@a@b', 'Data', 'data@eth0', 'data@lo', 'data@sixteen-letters1', 7])(
    '%j is refused',
    (raw) => {
      expect(readNetworkReference(raw)).toHaveProperty('fault')
    },
  )
})

describe('what is asked for', () => {
  test('a pod without networks is possible', () => {
    expect(readPodSpec(rawOf({name: 'one'}))).toEqual({name: 'one', namespace: 'default', attachments: []})
  })

  test('an address goes to the only network', () => {
    const spec = readPodSpec(
      rawOf({name: 'one', networks: ['data'], ips: ['172.30.0.40'], node: 'dev-worker2', namespace: 'team'}),
    )

    expect(spec).toEqual({
      name: 'one',
      namespace: 'team',
      node: 'dev-worker2',
      attachments: [{network: 'data', ip: '172.30.0.40'}],
    })
  })

  test('addresses find their networks by name, whatever the order', () => {
    const spec = readPodSpec(
      rawOf({
        name: 'one',
        networks: ['data', 'team/storage@st1'],
        ips: ['team/storage@st1=172.31.0.9/24', 'data=172.30.0.40'],
      }),
    )

    expect(spec.attachments.map(({ip}) => ip)).toEqual(['172.30.0.40', '172.31.0.9/24'])
  })

  test('the same network twice gives two interfaces', () => {
    expect(readPodSpec(rawOf({name: 'one', networks: ['data', 'data']})).attachments).toHaveLength(2)
  })
})

describe('what is wrong', () => {
  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{}, ['name: a pod needs a name']],
    [{ips: ['172.30.0.4']}, ['--ips: 172.30.0.4 is for a network, and the pod has no such network']],
    [
      {networks: ['a', 'b'], ips: ['172.30.0.4']},
      ['--ips: 172.30.0.4 could be for several networks: write NETWORK=172.30.0.4'],
    ],
    [{networks: ['a'], ips: ['b=172.30.0.4']}, ['--ips: 172.30.0.4 is for b, and the pod has no such network']],
    [
      {networks: ['a'], ips: ['172.30.0.4', 'a=172.30.0.5']},
      ['--ips: two addresses are asked for on a: 172.30.0.4 and 172.30.0.5'],
    ],
    [
      {networks: ['a'], ips: ['172.30.0.4/40']},
      ["--ips: '172.30.0.4/40' is not an address such as 172.30.5.40 or data=172.30.5.40"],
    ],
    [{networks: ['a@one', 'b@one']}, ['--networks: two networks would be the interface one']],
    [{networks: ['a@net2', 'b']}, ['--networks: two networks would be the interface net2']],
    [{networks: ['a b']}, ["--networks: 'a b' is not a name for a network"]],
    [{node: 'Worker'}, ["--node: 'Worker' is not a name for a node"]],
  ])('case %#: %o', (values, expected) => {
    const named = Object.keys(values).length > 0 ? {name: 'one', ...values} : values

    expect(findingsOf(() => readPodSpec(rawOf(named)))).toEqual(expected)
  })
})
