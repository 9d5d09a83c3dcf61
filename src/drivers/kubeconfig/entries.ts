import {Problem} from '../../problem.ts'
import {parseYaml} from '../../yaml.ts'
import {isRecord} from '../untyped.ts'

/** The three lists of a kubeconfig and the key of an item's content. */
export const sections = [
  {list: 'clusters', content: 'cluster'},
  {list: 'users', content: 'user'},
  {list: 'contexts', content: 'context'},
] as const

export type SectionName = (typeof sections)[number]['list']

/** What makes up one cluster in a kubeconfig: an item of each list, all of the same name. */
export interface Entries {
  readonly name: string
  readonly items: Readonly<Record<SectionName, unknown>>
}

/** The items called `name` of a kubeconfig's text. Throws kubeconfig-unreadable when one is missing. */
export function readEntries(text: string, {file, name}: {readonly file: string; readonly name: string}): Entries {
  const config = parseKubeconfig(text, file)
  const find = (list: SectionName): unknown => itemNamed(config[list], name) ?? missing(file, list, name)
  return {name, items: {clusters: find('clusters'), users: find('users'), contexts: find('contexts')}}
}

/** The value of a kubeconfig's text; an empty text is an empty one. Throws kubeconfig-unreadable for anything that kubectl would not take. */
export function parseKubeconfig(text: string, file: string): Readonly<Record<string, unknown>> {
  const parsed = parseYaml(text)
  if ('fault' in parsed)
    throw unreadable(file, `line ${parsed.fault.line}, column ${parsed.fault.column}: ${parsed.fault.message}`)
  const value = parsed.value ?? {}
  if (!isRecord(value)) throw unreadable(file, 'it is not a map of keys and values')
  for (const {list} of sections) {
    const items = value[list] ?? []
    if (!Array.isArray(items)) throw unreadable(file, `${list} is not a list`)
  }
  return value
}

export function itemNamed(list: unknown, name: string): unknown {
  return Array.isArray(list) ? list.find((item) => isRecord(item) && item['name'] === name) : undefined
}

function missing(file: string, list: SectionName, name: string): never {
  throw unreadable(file, `${list} has no item named ${name}`)
}

function unreadable(file: string, cause: string): Problem {
  return new Problem('kubeconfig-unreadable', {
    message: `${file} is not a kubeconfig that can be read`,
    cause,
    suggestions: [`Check it with: kubectl config view --kubeconfig ${file}`, 'Use another file: --kubeconfig FILE'],
  })
}
