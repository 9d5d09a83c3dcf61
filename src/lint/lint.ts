import type {Span} from '../tree.ts'
import {judge} from './judge.ts'
import {readDocuments} from './read/documents.ts'
import {makeScene, type ReadSource} from './read/scene.ts'
import type {Found, Rule, Severity} from './rule.ts'
import {textUnreadable} from './rules/text-unreadable.ts'
import type {Edit, LintFacts, LintObject} from './scene.ts'
import {type Place, placesOf, type Source} from './source.ts'

/** One thing found wrong. */
export interface LintFinding {
  readonly code: Rule['code']
  readonly severity: Severity
  /** Name of the source. */
  readonly file: string
  readonly at: {readonly start: Place; readonly end: Place}
  /** `NetworkAttachmentDefinition team/data`; absent for a text that could not be read. */
  readonly object?: string
  readonly message: string
  readonly fix: string
  /** Offsets in the source that `file` names, which may be another; absent where only a person can mend it. */
  readonly edit?: Edit & {readonly file: string}
}

export interface LintReport {
  /** By source, in the order given, then by place. */
  readonly findings: readonly LintFinding[]
  /** Objects that were looked at, of any kind. */
  readonly objects: number
  /** Names of the sources that could not be read whole. */
  readonly unreadable: readonly string[]
}

export interface LintInput {
  readonly sources: readonly Source[]
  /** Networks that are in the cluster: references may point at them, but they are not judged. */
  readonly known?: readonly Source[]
  readonly facts?: LintFacts
}

/** Judges all texts together. Pure; never throws for any text. */
export function lint({sources, known = [], facts}: LintInput): LintReport {
  const read = sources.map((source) => ({source, ...readDocuments(source.text)}))
  const also = known.map((source): ReadSource => ({source, objects: readDocuments(source.text).objects, known: true}))
  const scene = makeScene([...read, ...also], facts)
  const places = new Map(sources.map((source) => [source, placesOf(source.text)]))
  const spanIn = (source: Source, {start, end}: Span) => {
    const placeOf = places.get(source) ?? placesOf(source.text)
    return {start: placeOf(start), end: placeOf(end)}
  }
  const unread = read.flatMap(({source, faults}) =>
    faults.map(
      ({message, offset}): LintFinding => ({
        code: textUnreadable.code,
        severity: textUnreadable.severity,
        file: source.name,
        at: spanIn(source, {start: offset, end: offset}),
        message: `the document cannot be read: ${message}`,
        fix: textUnreadable.fix,
      }),
    ),
  )
  const found = judge(scene).map(
    ({rule, on, found: one}): LintFinding => ({
      code: rule.code,
      severity: one.severity ?? rule.severity,
      file: on.source.name,
      at: spanIn(on.source, one.at),
      object: labelOf(on),
      message: one.message,
      fix: one.fix,
      ...editOf(one, on),
    }),
  )
  const order = new Map(sources.map(({name}, index) => [name, index]))
  return {
    findings: [...unread, ...found].toSorted(
      (a, b) =>
        (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) ||
        a.at.start.line - b.at.start.line ||
        a.at.start.column - b.at.start.column ||
        a.code.localeCompare(b.code),
    ),
    objects: scene.objects.filter(({known: seen, kind}) => !seen && kind !== '').length,
    unreadable: [...new Set(unread.map(({file}) => file))],
  }
}

function labelOf({kind, namespace, name}: LintObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

/** Only what lies in files can be rewritten. */
function editOf({edit, editOn}: Found, on: LintObject): Pick<LintFinding, 'edit'> {
  const {source, known} = editOn ?? on
  return edit && source.origin === 'file' && !known ? {edit: {...edit, file: source.name}} : {}
}
