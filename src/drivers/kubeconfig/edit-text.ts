import {isDeepStrictEqual} from 'node:util'
import {parseYaml} from '../../yaml.ts'
import {isRecord} from '../untyped.ts'
import {type Entries, parseKubeconfig, sections} from './entries.ts'
import {rewriteDocument} from './rewrite-document.ts'
import {spliceItem, spliceScalar} from './splice.ts'

/** The text with our three items added or replaced and our context made the current one. */
export function mergeEntries(
  text: string,
  {file, entries}: {readonly file: string; readonly entries: Entries},
): string {
  const before = parseKubeconfig(text, file)
  const wanted = withEntries(before, entries)
  if (isDeepStrictEqual(before, wanted)) return text
  return firstThatMeans(wanted, [
    () => {
      const listed = sections.reduce(
        (rest, {list}) => spliceItem(rest, list, entries.name, entries.items[list]),
        withHead(text, before),
      )
      return spliceScalar(listed, 'current-context', entries.name)
    },
    () => rewriteDocument(text, wanted),
  ])
}

/** The text without the items called `name`; a current context of that name is unset, as kubectl does it. */
export function removeEntries(text: string, {file, name}: {readonly file: string; readonly name: string}): string {
  const before = parseKubeconfig(text, file)
  const wanted = withoutEntries(before, name)
  if (isDeepStrictEqual(before, wanted)) return text
  return firstThatMeans(wanted, [
    () => {
      const listed = sections.reduce((rest, {list}) => spliceItem(rest, list, name, undefined), text)
      return before['current-context'] === name ? spliceScalar(listed, 'current-context', '') : listed
    },
    () => rewriteDocument(text, wanted),
  ])
}

/**
 * The first way whose text means what is wanted. The first edits the text around the items and leaves all else as it is; where
 * somebody's YAML is too unusual for that (flow style, anchors on our items), the second writes the document anew, with its comments.
 */
function firstThatMeans(wanted: unknown, ways: readonly (() => string)[]): string {
  for (const way of ways) {
    const text = way()
    const parsed = parseYaml(text)
    if ('value' in parsed && isDeepStrictEqual(parsed.value, wanted)) return text
  }
  throw new Error('the edited kubeconfig does not mean what it should')
}

type Config = Readonly<Record<string, unknown>>

function withEntries(config: Config, {name, items}: Entries): Config {
  const head = {apiVersion: config['apiVersion'] ?? 'v1', kind: config['kind'] ?? 'Config'}
  const lists = sections.map(({list}) => {
    const old = itemsOf(config, list)
    const at = old.findIndex((item) => isNamed(item, name))
    return [list, at === -1 ? [...old, items[list]] : old.with(at, items[list])] as const
  })
  return {...config, ...head, ...Object.fromEntries(lists), 'current-context': name}
}

function withoutEntries(config: Config, name: string): Config {
  const lists = sections
    .filter(({list}) => itemsOf(config, list).some((item) => isNamed(item, name)))
    .map(({list}) => [list, itemsOf(config, list).filter((item) => !isNamed(item, name))] as const)
  const current = config['current-context'] === name ? {'current-context': ''} : {}
  return {...config, ...Object.fromEntries(lists), ...current}
}

function withHead(text: string, config: Config): string {
  const head = [
    ...(config['apiVersion'] === undefined ? ['apiVersion: v1\n'] : []),
    ...(config['kind'] === undefined ? ['kind: Config\n'] : []),
  ]
  return head.length === 0 ? text : `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${head.join('')}`
}

function itemsOf(config: Config, list: string): readonly unknown[] {
  const items = config[list]
  return Array.isArray(items) ? items : []
}

function isNamed(item: unknown, name: string): boolean {
  return isRecord(item) && item['name'] === name
}
