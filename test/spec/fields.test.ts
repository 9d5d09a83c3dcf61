import {describe, expect, test} from 'vitest'
import {clusterFields} from '../../src/spec/cluster-fields.ts'
import {boolean, choice, integer, list, text, withDefault} from '../../src/spec/field-kinds.ts'
import type {Field, Fields} from '../../src/spec/field.ts'
import {networkFields} from '../../src/spec/network-fields.ts'
import {podFields} from '../../src/spec/pod-fields.ts'
import {clusterSpecFields} from '../../src/spec/read-cluster-spec.ts'
import {collectFields, placeOf, readFields, refuse} from '../../src/spec/read-fields.ts'
import {networkSpecFields} from '../../src/spec/read-network-spec.ts'
import {podSpecFields} from '../../src/spec/read-pod-spec.ts'
import {runFields} from '../../src/spec/run-fields.ts'
import {findingsOf, problemOf, rawOf} from './raw.ts'

const about = {flag: 'x', ask: 'x', describe: 'x'}
const colour = choice({
  ...about,
  choices: [
    {value: 'red', title: 'Red', summary: ''},
    {value: 'green', title: 'Green', summary: ''},
  ],
})
const sample = {
  colour: withDefault('red', colour),
  count: integer({...about, flag: 'count', min: 0, max: 9}),
} as const satisfies Fields

const tables: Readonly<Record<string, Fields>> = {clusterSpecFields, networkSpecFields, podSpecFields, runFields}

describe.each(Object.entries(tables))('%s', (_name, table) => {
  test.each(Object.entries<Field>(table))(
    '%s: the key is its flag in camelCase, in the plural where the flag may be repeated',
    (key, field) => {
      const camelCase = field.flag.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())

      expect([camelCase, `${camelCase}s`, `${camelCase}es`]).toContain(key)
      expect(key === camelCase || field.kind === 'list' || field.flag === 'test-networks').toBe(true)
    },
  )

  test('no two fields share a flag or a short form', () => {
    const names = Object.values(table).flatMap(({flag, char}) => (char === undefined ? [flag] : [flag, char]))

    expect(new Set(names).size).toBe(names.length)
  })

  test('every default and every choice is a value that reads as itself', () => {
    for (const field of Object.values(table)) {
      const values = [
        ...(field.default === undefined ? [] : [field.default]),
        ...(field.choices ?? []).map(({value}) => value),
      ]
      for (const value of values) expect(field.parse(value)).toEqual({value})
    }
  })
})

test('create shares no flag between what a cluster is and how it is made', () => {
  const names = [clusterFields, runFields].flatMap((table) =>
    Object.values<Field>(table).flatMap(({flag, char}) => [flag, char ?? flag]),
  )
  const flags = [clusterFields, runFields].flatMap((table) => Object.values<Field>(table).map(({flag}) => flag))
  const shorts = names.filter((name) => name.length === 1)

  expect(new Set(flags).size).toBe(flags.length)
  expect(new Set(shorts).size).toBe(shorts.length)
})

test('the wizard asks for the cluster in the order of consequence', () => {
  const asked = Object.entries<Field>({...clusterFields, ...runFields}).filter(([, {wizard}]) => wizard)

  expect(asked.map(([key]) => key)).toEqual(['workers', 'cni', 'multus', 'networks', 'testNetworks', 'verify'])
})

test('both Multus modes say for whom they are, and the default says why', () => {
  const summaries = Object.fromEntries((clusterFields.multus.choices ?? []).map(({value, summary}) => [value, summary]))

  expect(clusterFields.multus.default).toBe('thin')
  expect(summaries['thin']).toContain('default')
  expect(summaries['thin']).toContain('Calico')
  expect(summaries['thick']).toContain("Multus' own guide")
})

describe('kinds of fields', () => {
  test.each([
    [colour, 'red', {value: 'red'}],
    [colour, 'gren', {fault: "'gren' is not one of red, green (did you mean green?)"}],
    [colour, 'ultramarine', {fault: "'ultramarine' is not one of red, green"}],
    [colour, 7, {fault: '7 is not one of red, green'}],
    [sample.count, '3', {value: 3}],
    [sample.count, 3, {value: 3}],
    [sample.count, 3.5, {fault: '3.5 is not a whole number from 0 to 9'}],
    [sample.count, '-1', {fault: "'-1' is not a whole number from 0 to 9"}],
    [sample.count, '', {fault: 'an empty value is not a whole number from 0 to 9'}],
    [integer({...about, min: 1, max: 5, only: [1, 3, 5]}), 2, {fault: '2 is not one of 1, 3, 5'}],
    [boolean(about), 'yes', {value: true}],
    [boolean(about), false, {value: false}],
    [boolean(about), 'maybe', {fault: "'maybe' is neither true nor false"}],
  ] as const)('case %#', (field, raw, expected) => {
    expect(field.parse(raw)).toEqual(expected)
  })

  test('a list comes from a repeated flag, from a file, or from one text with commas', () => {
    const names = list({
      ...about,
      item: (raw) => (typeof raw === 'string' && raw !== '?' ? {value: raw} : {fault: 'no name'}),
    })

    expect(names.parse(['a', 'b'])).toEqual({value: ['a', 'b']})
    expect(names.parse('a, b')).toEqual({value: ['a', 'b']})
    expect([names.parse('none'), names.parse(['none']), names.parse([]), names.parse('')]).toEqual(
      Array.from({length: 4}, () => ({value: []})),
    )
    expect(names.parse(['?', 'a', '?'])).toEqual({fault: 'no name; no name'})
  })
})

describe('reading fields', () => {
  test('fills in defaults and leaves the rest absent', () => {
    expect(readFields(sample, {})).toEqual({colour: 'red', count: undefined})
  })

  test('goes on after a fault with the default', () => {
    const {values, findings} = collectFields(sample, rawOf({colour: 'blue', count: '4'}))

    expect(values).toEqual({colour: 'red', count: 4})
    expect(findings).toHaveLength(1)
  })

  test('names every fault and every unknown key at once, each at its place', () => {
    const read = (): unknown =>
      readFields(sample, {
        ...rawOf({colour: 'blue', count: 'many'}),
        colur: {value: 1, from: 'colur in f.yaml, line 3'},
      })

    expect(findingsOf(read)).toEqual([
      "colur in f.yaml, line 3: there is no 'colur'",
      "--colour: 'blue' is not one of red, green",
      "--count: 'many' is not a whole number from 0 to 9",
    ])
    expect(problemOf(read)).toMatchObject({
      name: 'invalid-input',
      code: 'KL-1001',
      message: '3 things are wrong with what was asked for',
      suggestions: ['Write colour'],
    })
  })

  test('a single fault is the message itself', () => {
    expect(problemOf(() => refuse([{at: '--count', message: 'is too much', fix: 'Take less'}]))).toMatchObject({
      message: '--count: is too much',
      suggestions: ['Take less'],
    })
  })

  test('a finding points to where the value came from, or to the flag that would give one', () => {
    expect(placeOf(sample, rawOf({count: 1}), 'count')).toBe('--count')
    expect(placeOf({many: text({...about, flag: 'how-many', read: () => ({value: 1})})}, {}, 'many')).toBe('--how-many')
  })
})

test('fields of networks and pods leave open what the cluster decides', () => {
  expect(readFields(networkFields, {})).toEqual({
    ...Object.fromEntries(Object.keys(networkFields).map((key) => [key, undefined])),
    namespace: 'default',
  })
  expect(readFields(podFields, {})).toMatchObject({
    networks: [],
    ips: [],
    as: 'pod',
    replicas: 1,
    node: undefined,
    namespace: 'default',
  })
})

describe('options of a run', () => {
  test.each([
    ['90s', 90],
    ['20m', 1200],
    ['1h30m', 5400],
    ['45', 45],
    [45, 45],
  ])('a timeout of %s is %i seconds', (raw, seconds) => {
    expect(runFields.timeout.parse(raw)).toEqual({value: seconds})
  })

  test.each(['', 'soon', '0', '0m', '5 m', '-5', 1.5, true])('a timeout of %j is refused', (raw) => {
    expect(runFields.timeout.parse(raw)).toHaveProperty('fault')
  })
})
