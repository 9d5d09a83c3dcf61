import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseDocument, stringify} from 'yaml'
import {readYamlBlocks} from '../../../src/lint/read/yaml-blocks.ts'
import type {Tree} from '../../../src/tree.ts'
import {placeIn} from '../../../src/tree.ts'

function read(text: string): unknown {
  const tree = readYamlBlocks(text, 0, text.length)
  return tree && valueOf(tree)
}

function valueOf(tree: Tree): unknown {
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries(tree.entries.map(({key, value}) => [key, valueOf(value)]))
    case 'list':
      return tree.items.map(valueOf)
    case 'text':
    case 'value':
      return tree.value
  }
}

const manifest = `# a network
apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: "storage" # quoted
  labels: {app: web, tier: 'back'}
spec:
  config: |-
    {
      "type": "bridge"
    }
list:
- name: a
  command: ["sh", "-c", 'sleep 1d']
-   deep: true
    port: 8080

- - nested
  - 0.5
empty:
`

describe('the quick reader of YAML', () => {
  test('reads a manifest as YAML reads it', () => {
    expect(read(manifest)).toEqual(parseDocument(manifest).toJS())
    expect(read(manifest)).toMatchObject({metadata: {labels: {tier: 'back'}}, empty: null})
  })

  test('reads a quoted text whose closing brace stands at the column of its key, which YAML 1.2 forbids', () => {
    const text = `spec:\n  config: '{\n    "type": "bridge",\n\n    "mtu": 1500\n  }'\nnext: 1\n`
    expect(parseDocument(text).errors).not.toEqual([])

    expect(read(text)).toEqual({spec: {config: '{ "type": "bridge",\n"mtu": 1500 }'}, next: 1})
  })

  test.each([
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['folded scalars', 'a: >\n  b\n  c\n'],
    ['keys given twice', 'a: 1\na: 2\n'],
    ['texts that go on below', 'a: one\n  two\n'],
    ['tabs', 'a:\n\tb: 1\n'],
    ['complex keys', '? a\n: b\n'],
    ['a value beside a map', 'a: 1\nb\n'],
    ['a map inside a plain value', 'a: b: c\n'],
    ['a deeper key from nowhere', 'a: 1\n   b: 2\n'],
    ['a scalar for a document', 'text\n'],
    ['flow over lines', 'a: [1,\n  2]\n'],
  ])('leaves %s to the whole reader', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  test('agrees with the whole reader on whatever that writes', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z0-9:#'"{}[\],\-. \n]{0,12}$/),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({noNaN: true, noDefaultInfinity: true}),
    )
    const {tree} = fc.letrec((tie) => ({
      tree: fc.oneof(
        {maxDepth: 4},
        leaf,
        fc.array(tie('tree'), {maxLength: 4}),
        fc.dictionary(fc.string({minLength: 1, maxLength: 6}), tie('tree'), {maxKeys: 4}),
      ),
    }))
    let quick = 0
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,6}$/), tree, {minKeys: 1}), (value) => {
        const text = stringify(value, {aliasDuplicateObjects: false})
        const quickly = readYamlBlocks(text, 0, text.length)
        if (!quickly) return
        quick += 1
        expect(valueOf(quickly)).toEqual(parseDocument(text).toJS())
      }),
      {numRuns: 1500},
    )
    expect(quick).toBeGreaterThan(100)
  })

  test('agrees with the whole reader on mutated manifests, wherever both read them', () => {
    const piece = fc.constantFrom(
      ' ',
      '\n',
      ':',
      '-',
      '#',
      "'",
      '"',
      '|',
      '{',
      '}',
      ',',
      'a',
      '\t',
      '  ',
      '\r\n',
      ': ',
      '&',
      '~',
    )
    const mutation = fc.tuple(fc.nat(manifest.length), fc.nat(3), piece)
    fc.assert(
      fc.property(fc.array(mutation, {minLength: 1, maxLength: 3}), (mutations) => {
        const text = mutations.reduce(
          (whole, [at, cut, put]) => whole.slice(0, at) + put + whole.slice(at + cut),
          manifest,
        )
        const tree = readYamlBlocks(text, 0, text.length)
        const document = parseDocument(text)
        if (!tree || document.errors.length > 0) return
        expect({text, value: valueOf(tree)}).toEqual({text, value: document.toJS() as unknown})
      }),
      {numRuns: 3000},
    )
  })

  test('knows where each character of a text comes from', () => {
    const text = `a: |\n  one\n  two\nb: 'it''s'\nc: "x\\ty"\n`
    const tree = readYamlBlocks(text, 0, text.length)
    if (tree?.kind !== 'map') throw new Error('not read')
    for (const {value} of tree.entries) {
      if (value.kind !== 'text') throw new Error('not a text')
      const letters = value.value.split('').flatMap((letter, index) => (/[a-z]/.test(letter) ? [{letter, index}] : []))
      expect(letters.map(({index}) => text[placeIn(value, index)])).toEqual(letters.map(({letter}) => letter))
    }
  })
})
