import {type Attributes, element, escapeXml, startTag} from './xml.ts'

/** A group of test cases: a file, a check. */
export interface JunitSuite {
  readonly name: string
  readonly cases: readonly JunitCase[]
  readonly properties?: Readonly<Record<string, string>>
  /** When it began, ISO 8601 in UTC. */
  readonly timestamp?: string
}

export interface JunitCase {
  readonly classname: string
  readonly name: string
  readonly seconds?: number
  /** Why it did not pass; absent: it passed. */
  readonly trouble?: {
    readonly kind: 'failure' | 'error' | 'skipped'
    readonly message: string
    readonly type?: string
    readonly text?: string
  }
  /** What was seen. */
  readonly output?: string
}

/**
 * JUnit XML in the form that Jenkins and GitLab read (jenkinsci/xunit-plugin, junit-10.xsd): `properties` only below `testsuite`, seconds with a
 * point, no time zone in a timestamp.
 */
export function junitXml(name: string, suites: readonly JunitSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    startTag('testsuites', {name, ...amounts(cases)}),
    ...suites.flatMap(suiteLines),
    '</testsuites>',
  ].join('\n')
}

function suiteLines({name, cases, properties = {}, timestamp}: JunitSuite): readonly string[] {
  const known = Object.entries(properties)
  return [
    `  ${startTag('testsuite', {name, ...amounts(cases), timestamp: timestamp?.slice(0, 19)})}`,
    ...(known.length === 0 ? [] : ['    <properties>', ...known.map(property), '    </properties>']),
    ...cases.map((one) => `    ${caseElement(one)}`),
    '  </testsuite>',
  ]
}

function amounts(cases: readonly JunitCase[]): Attributes {
  const count = (kind: string) => String(cases.filter(({trouble}) => trouble?.kind === kind).length)
  const timed = cases.flatMap(({seconds}) => seconds ?? [])
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: timed.length === 0 ? undefined : secondsOf(timed.reduce((sum, seconds) => sum + seconds, 0)),
  }
}

function property([name, value]: readonly [string, string]): string {
  return `      ${element('property', {name, value})}`
}

function caseElement({classname, name, seconds, trouble, output}: JunitCase): string {
  const time = seconds === undefined ? undefined : secondsOf(seconds)
  const {kind, message, type, text} = trouble ?? {}
  return element('testcase', {classname, name, time}, [
    ...(kind === undefined ? [] : [element(kind, {type, message}, text === undefined ? [] : [escapeXml(text)])]),
    ...(output === undefined ? [] : [element('system-out', {}, [escapeXml(output)])]),
  ])
}

function secondsOf(seconds: number): string {
  return seconds.toFixed(3)
}
