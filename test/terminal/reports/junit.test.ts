import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {XmlDocument, XsdValidator} from 'libxml2-wasm'
import {describe, expect, test} from 'vitest'
import {junitXml} from '../../../src/terminal/junit-xml.ts'
import {asJunit} from '../../../src/terminal/reports/as-junit.ts'
import {anyText} from './any-text.ts'
import {badReport, goodReport, interruptedReport, reportOf} from './given-report.ts'

const schema = XsdValidator.fromDoc(
  XmlDocument.fromString(readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8')),
)
const lint = readFileSync(join(import.meta.dirname, '../../golden/terminal/net-lint-junit.xml'), 'utf8')

/** What libxml2 makes of it, once it is valid. */
function read(xml: string): XmlDocument {
  const document = XmlDocument.fromString(xml)
  schema.validate(document)
  return document
}

function count(document: XmlDocument, path: string): number {
  return document.find(path).length
}

describe('JUnit', () => {
  test.each([
    ['a bad run', asJunit(badReport)],
    ['a good run', asJunit(goodReport)],
    ['an interrupted run', asJunit(interruptedReport)],
    ['a run that judged nothing', asJunit(reportOf([], {status: 'done'}))],
    ['net lint', lint],
  ])('of %s is valid', (_, xml) => {
    expect(() => read(xml)).not.toThrow()
  })

  test('has a suite for each check, a case for each subject, and its counts are those of the report', () => {
    const document = read(asJunit(badReport))
    const {counts, checks} = badReport

    expect(count(document, '//testsuite')).toBe(new Set(checks.map(({name}) => name)).size)
    expect(count(document, '//testcase')).toBe(checks.length)
    expect(count(document, '//failure')).toBe(counts.fail)
    expect(count(document, '//error')).toBe(counts.error)
    expect(count(document, '//skipped')).toBe(counts.skip)
    expect(document.get('/testsuites/@failures')?.content).toBe(String(counts.fail))
    expect(document.get('//testsuite[@name="reach-across-nodes"]/@failures')?.content).toBe('5')
    expect(document.get('//property[@name="cluster"]/@value')?.content).toBe('lab')
    expect(document.get('//property[@name="runId"]/@value')?.content).toBe('ab12cd')
  })

  test('of a run that was interrupted has an error, and names what was not judged as skipped', () => {
    const document = read(asJunit(interruptedReport))

    expect(document.get('//testsuite[@name="run"]//error/@type')?.content).toBe('KL-9001')
    expect(count(document, '//skipped')).toBe(interruptedReport.unfinished.length)
  })

  test('gives back every text, with U+FFFD for what XML cannot hold', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (name, message, text) => {
        const one = {
          classname: name,
          name,
          trouble: {kind: 'failure', type: name, message, text},
          output: text,
        } as const
        const document = read(junitXml(name, [{name, cases: [one]}]))

        expect(document.get('//testcase/@name')?.content).toBe(held(name))
        expect(document.get('//failure/@message')?.content).toBe(held(message))
        expect(document.get('//failure')?.content).toBe(held(text))
        expect(document.get('//system-out')?.content).toBe(held(text))
      }),
    )
  })
})

/** By the production Char of XML 1.0. */
function held(text: string): string {
  return Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    const space = code === 0x9 || code === 0xa || code === 0xd
    const plain = (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
    return space || plain ? sign : '\u{FFFD}'
  }).join('')
}
