import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {addAttachments, removeAttachments} from '../../src/plan/edit-attachments.ts'
import {readNetworksAnnotation} from '../../src/plan/networks-annotation.ts'
import {interfaceNames} from '../../src/spec/attachment.ts'
import type {AttachmentSpec} from '../../src/spec/pod-spec.ts'
import {networksAnnotationValue} from '../../src/templates/networks-annotation.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('')
const label = fc.string({unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12})
const network = fc.oneof(
  label,
  fc.tuple(label, label).map(([one, other]) => `${one}.${other}`),
)

const attachment: fc.Arbitrary<AttachmentSpec> = fc.record(
  {
    network,
    namespace: label,
    interface: label,
    ip: fc.constantFrom('10.0.0.5', '10.0.0.5/24', 'fd00::5/64'),
    mac: fc.constant('02:00:5e:10:00:01'),
    bandwidth: fc.constant({ingressRate: 1e6, ingressBurst: 1e5, egressRate: 1e6, egressBurst: 1e5}),
    portMappings: fc.constant([{hostPort: 8080, containerPort: 80, protocol: 'tcp' as const}]),
  },
  {requiredKeys: ['network']},
)

/** Every network once, no interface twice. */
const attachments = fc
  .uniqueArray(attachment, {maxLength: 6, selector: (one) => one.network})
  .map((all) => all.map((one, index) => ({...one, ...(one.interface !== undefined && {interface: `x${index}`})})))

describe('the annotation', () => {
  test('reads back as it was written, in either form', () => {
    fc.assert(
      fc.property(attachments, (wanted) => {
        const {entries, faults} = readNetworksAnnotation(networksAnnotationValue(wanted))

        expect(faults).toEqual([])
        expect(entries.map((one) => [one.namespace, one.network, one.interface])).toEqual(
          wanted.map((one) => [one.namespace, one.network, one.interface]),
        )
        for (const [index, {ip, mac}] of wanted.entries()) {
          expect(entries[index]?.element?.['ips']).toEqual(ip === undefined ? undefined : [ip])
          expect(entries[index]?.element?.['mac']).toBe(mac)
        }
      }),
    )
  })

  test('with networks added and taken away again is as before, and no interface changes its name meanwhile', () => {
    fc.assert(
      fc.property(attachments, attachments, (there, more) => {
        const before = networksAnnotationValue(there)
        const fresh = more
          .filter((one) => there.every((other) => other.network !== one.network))
          .map((one, index) => ({...one, interface: `y${index}`}))

        const added = addAttachments(before, fresh, 'default')
        const removed = removeAttachments(added.text, fresh, 'default')

        expect(added.findings).toEqual([])
        expect(removed.findings).toEqual([])
        expect(interfaceNames(readNetworksAnnotation(added.text).entries).slice(0, there.length)).toEqual(
          interfaceNames(readNetworksAnnotation(before).entries),
        )
        expect(networksOf(removed.text)).toEqual(networksOf(before))
      }),
    )
  })

  test('without one network leaves every other interface its name', () => {
    fc.assert(
      fc.property(attachments, fc.nat(), (there, pick) => {
        fc.pre(there.length > 0)
        const before = readNetworksAnnotation(networksAnnotationValue(there)).entries
        const gone = pick % there.length
        const {text} = removeAttachments(networksAnnotationValue(there), [there[gone] ?? {network: ''}], 'default')

        expect(interfaceNames(readNetworksAnnotation(text).entries)).toEqual(
          interfaceNames(before).filter((_, index) => index !== gone),
        )
      }),
    )
  })

  test.each([
    ['a,', 'an empty item: a comma too many'],
    ['a/b/c', "'a/b/c' is not [NAMESPACE/]NAME[@INTERFACE]"],
    ['a@sixteen-letters1', "'a@sixteen-letters1' is not [NAMESPACE/]NAME[@INTERFACE]"],
    ['{"name":"a"}', 'it is not an array: Multus takes a list of objects, of one as well'],
    ['[{"interface":"net1"}]', '1 of its elements have no "name"'],
  ])('%s is nothing that Multus could use', (text, fault) => {
    expect(readNetworksAnnotation(text).faults).toEqual([fault])
    expect(addAttachments(text, [{network: 'b'}], 'default')).toMatchObject({
      text,
      findings: [{message: `Multus cannot read what is there: ${fault}`}],
    })
  })
})

describe('adding', () => {
  test.each<[string, AttachmentSpec, string]>([
    ['', {network: 'a'}, 'a'],
    ['a', {network: 'b', interface: 'b0'}, 'a, b@b0'],
    ['a,team/c@c0', {network: 'b'}, 'a, team/c@c0, b'],
    ['[{"name":"a","cni-args":{"x":1}}]', {network: 'b'}, '[{"name":"a","cni-args":{"x":1}},{"name":"b"}]'],
    [
      'a@a0',
      {network: 'b', mac: '02:00:5e:10:00:01'},
      json([
        {name: 'a', interface: 'a0'},
        {name: 'b', mac: '02:00:5e:10:00:01'},
      ]),
    ],
    [json([{name: 'a'}]), {network: 'b.lan'}, json([{name: 'a'}, {name: 'b.lan'}])],
  ])('to %j keeps the form where it can say it', (before, one, after) => {
    expect(addAttachments(before, [one], 'default')).toEqual({text: after, findings: [], notes: []})
  })

  test('what is attached already changes nothing', () => {
    expect(addAttachments('a, b', [{network: 'b', namespace: 'default'}], 'default')).toEqual({
      text: 'a, b',
      findings: [],
      notes: ['default/b is attached already, as net2'],
    })
  })

  test('a second interface of a network needs a name, and a changed request needs it detached first', () => {
    expect(addAttachments('a', [{network: 'a', interface: 'a1'}], 'default').text).toBe('a, a@a1')
    expect(addAttachments('a', [{network: 'a', ip: '10.0.0.5'}], 'default').findings).toMatchObject([
      {message: 'a is attached already, as net1'},
    ])
  })

  test('no two interfaces get one name', () => {
    expect(addAttachments('a@net2', [{network: 'b'}], 'default').findings).toMatchObject([
      {message: 'two networks would be the interface net2'},
    ])
  })
})

describe('taking away', () => {
  test('writes the names down that would change', () => {
    expect(removeAttachments('a, b, c', [{network: 'a'}], 'default')).toEqual({
      text: 'b@net2, c@net3',
      findings: [],
      notes: [
        'b keeps its interface net2: the name is written down now',
        'c keeps its interface net3: the name is written down now',
      ],
    })
  })

  test('the last one leaves nothing', () => {
    expect(removeAttachments('a', [{network: 'a', namespace: 'default'}], 'default').text).toBe('')
  })

  test('needs to know which, and that it is there', () => {
    const {findings} = removeAttachments('a, a@a1', [{network: 'a'}, {network: 'b'}], 'default')

    expect(findings).toMatchObject([
      {message: 'a is attached 2 times', fix: 'say which: --network a@net1 or --network a@a1'},
      {message: 'b is not attached: there are a@net1, a@a1'},
    ])
    expect(removeAttachments('a, a@a1', [{network: 'a', interface: 'net1'}], 'default').text).toBe('a@a1')
  })
})

function networksOf(text: string): readonly string[] {
  return readNetworksAnnotation(text).entries.map((one) => `${one.namespace ?? ''}/${one.network}`)
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
