import fc from 'fast-check'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {fix} from '../../src/lint/fix.ts'
import {lint} from '../../src/lint/lint.ts'
import {readDocuments} from '../../src/lint/read/documents.ts'
import {sourceOf} from './given.ts'

const guides = join(import.meta.dirname, '../guides')
const wrong = readdirSync(guides).map((guide) => readFileSync(join(guides, guide, 'wrong.yaml'), 'utf8'))

function fixed(text: string): string {
  return fix({sources: [sourceOf(text)]}).texts.get('given.yaml') ?? text
}

const commented = `# keep me
apiVersion: k8s.cni.cncf.io/v1 # and me
kind: NetworkAttachmentDefinition
metadata:
    name:   data   # odd  spacing stays
    annotations: {kubernetes.io/description: "x"}
spec:
  config: |-
    {
      "cniVersion": "0.3.1",
      "type": "bridge",   "isgateway": true,
      "mtu": "1500",
      "ipam": {"type": "host-local", "subnet": "10.20.0.7/24", },
    }
`

describe('--fix', () => {
  test('changes what is safe and no other character', () => {
    expect(fixed(commented)).toBe(
      commented
        .replace('"isgateway"', '"isGateway"')
        .replace('"1500"', '1500')
        .replace('10.20.0.7/24', '10.20.0.0/24')
        .replace('", }', '" }')
        .replace('},\n    }', '}\n    }'),
    )
  })

  test('turns the quoted style into a block and then mends what stands in it', () => {
    const text = `spec:\n  config: '{\n      "type": "bridge",\n      "ipam": {},\n  }'\nkind: NetworkAttachmentDefinition\napiVersion: k8s.cni.cncf.io/v1\nmetadata: {name: data}\n`

    expect(fixed(text)).toBe(
      `spec:\n  config: |-\n    {\n        "cniVersion": "0.3.1",\n        "type": "bridge",\n        "ipam": {}\n    }\nkind: NetworkAttachmentDefinition\napiVersion: k8s.cni.cncf.io/v1\nmetadata: {name: data}\n`,
    )
  })

  test('writes inside JSON inside JSON with the quotes that it takes there', () => {
    const config = JSON.stringify({type: 'bridge', isgateway: true})
    const text = JSON.stringify(
      {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', metadata: {name: 'a'}, spec: {config}},
      null,
      2,
    )

    const {spec} = JSON.parse(fixed(text)) as {spec: {config: string}}
    expect(JSON.parse(spec.config)).toEqual({cniVersion: '0.3.1', type: 'bridge', isGateway: true})
  })

  test('mends a network in another file than the pod that shows the mistake', () => {
    const text = wrong.find((one) => one.includes('expects: KL-L506')) ?? ''
    const [network = '', pod = ''] = text.split('---\n')
    const {texts, report} = fix({sources: [sourceOf(network, 'network.yaml'), sourceOf(pod, 'pod.yaml')]})

    expect([...texts.keys()]).toEqual(['network.yaml'])
    expect(texts.get('network.yaml')).toContain('"capabilities": {"ips": true}')
    expect(report.findings).toEqual([])
  })

  test('leaves standard input and objects of a cluster alone', () => {
    const {texts, fixed: done} = fix({sources: [{name: 'stdin', text: commented, origin: 'stdin'}]})

    expect([texts.size, done]).toEqual([0, []])
  })

  test.each(wrong)('a second time finds nothing more to do (%#)', (text) => {
    const once = fixed(text)

    expect(fixed(once)).toBe(once)
    expect(lint({sources: [sourceOf(once)]}).findings.filter(({edit}) => edit)).toEqual([])
  })
})

/** Characters that matter to YAML, JSON, addresses and annotations. */
const piece = fc.constantFrom(
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\n  ',
  ' ',
  '-',
  '#',
  '\\',
  '0',
  '9',
  'a',
  '/',
  '@',
  '.',
  '\t',
  '\r\n',
  '---\n',
  'é',
  '😀',
  '|',
  '>',
  '&a ',
  '*a',
  '\0',
  'null',
  '1e9',
  '::/0',
)

describe('1,000 mutated documents', () => {
  const mutated = fc
    .tuple(
      fc.constantFrom(...wrong, commented),
      fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(4), piece), {minLength: 1, maxLength: 4}),
    )
    .map(([text, mutations]) =>
      mutations.reduce((whole, [where, cut, put]) => {
        const at = Math.floor(where * whole.length)
        return whole.slice(0, at) + put + whole.slice(at + cut)
      }, text),
    )

  test('are judged without a crash, and every place is a place of the text', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const lines = text.split('\n')
        for (const {at, edit, message, fix: help} of lint({sources: [sourceOf(text)]}).findings) {
          for (const {line, column} of [at.start, at.end]) {
            const length = lines[line - 1]?.length ?? -1
            expect(column).toBeGreaterThanOrEqual(1)
            expect(column).toBeLessThanOrEqual(length + 1)
          }
          expect(
            at.end.line > at.start.line || (at.end.line === at.start.line && at.end.column >= at.start.column),
          ).toBe(true)
          expect(message.length * help.length).toBeGreaterThan(0)
          if (!edit) continue
          expect(edit.span.start).toBeGreaterThanOrEqual(0)
          expect(edit.span.end).toBeLessThanOrEqual(text.length)
          expect(edit.span.end).toBeGreaterThanOrEqual(edit.span.start)
        }
      }),
      {numRuns: 1000},
    )
  })

  test('are as readable after --fix as before, and a second --fix does nothing', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const once = fixed(text)
        expect(readDocuments(once).faults.length).toBeLessThanOrEqual(readDocuments(text).faults.length)
        expect(fixed(once)).toBe(once)
      }),
      {numRuns: 300},
    )
  })
})
