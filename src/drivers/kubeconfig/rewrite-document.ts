import {isDeepStrictEqual} from 'node:util'
import {parseYamlDocument} from '../../yaml.ts'

type Config = Readonly<Record<string, unknown>>

/** The text of a kubeconfig written anew so that it means `wanted`: comments and order stay, line breaks and quotes may change. JSON stays JSON. */
export function rewriteDocument(text: string, wanted: Config): string {
  if (isJson(text)) return `${JSON.stringify(wanted, undefined, /^[{]\s*\n( +|\t)/.exec(text)?.[1] ?? 2)}\n`
  const document = parseYamlDocument(text)
  const before = (document.toJS() ?? {}) as Config
  for (const [key, value] of Object.entries(wanted)) {
    const old = before[key]
    if (isDeepStrictEqual(old, value)) continue
    if (Array.isArray(old) && Array.isArray(value) && old.length > 0) editList(document, key, old, value)
    else document.set(key, document.createNode(value))
  }
  return document.toString({lineWidth: 0})
}

/** One item was replaced, added at the end, or taken out: the nodes of the others stay as they are. */
function editList(
  document: ReturnType<typeof parseYamlDocument>,
  key: string,
  old: readonly unknown[],
  wanted: readonly unknown[],
): void {
  const at = old.findIndex((item, index) => !isDeepStrictEqual(item, wanted[index]))
  if (wanted.length < old.length) document.deleteIn([key, at])
  else if (wanted.length === old.length) document.setIn([key, at], document.createNode(wanted[at]))
  else document.addIn([key], document.createNode(wanted.at(-1)))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
