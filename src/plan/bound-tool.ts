/** An interface of a pod that a tool is to use. */
export interface ToolInterface {
  readonly name: string
  /** Its first address, without prefix length; absent on a network without addresses. */
  readonly address?: string
}

type Bound = {readonly argv: readonly string[]} | {readonly fault: string; readonly fix: string}

/**
 * The words of a tool with what binds it to the interface: its own flag where we know the tool, or what stands in the place of `{interface}` and
 * `{address}`. Without either the tool would take the way that the routes of the pod say, which is what nobody wants to test.
 */
export function bindTool(words: readonly string[], bound: ToolInterface): Bound {
  const [program = '', ...rest] = words
  const value = {'{interface}': bound.name, '{address}': bound.address}
  const holes = Object.keys(value).filter((hole) => rest.some((word) => word.includes(hole))) as (keyof typeof value)[]
  const needed = holes.length > 0 ? holes : [toolFlags[nameOf(program)]?.takes].filter((one) => one !== undefined)
  if (needed.includes('{address}') && bound.address === undefined)
    return {
      fault: `${bound.name} has no address to bind ${program} to`,
      fix: 'use a tool that binds to the interface, such as ping or tcpdump',
    }
  if (holes.length > 0) return {argv: [program, ...rest.map((word) => fill(word, value))]}
  const known = toolFlags[nameOf(program)]
  if (!known)
    return {
      fault: `how ${program} is bound to an interface is not known here: known are ${Object.keys(toolFlags).join(', ')}`,
      fix: `write {interface} or {address} where it takes them: -- ${program} … {address}`,
    }
  if (rest.some((word) => word === known.flag || (known.flag.startsWith('--') && word.startsWith(`${known.flag}=`))))
    return {
      fault: `${program} has ${known.flag} already, which binds it`,
      fix: `leave ${known.flag} out: it is added for ${bound.name}`,
    }
  return {argv: [program, known.flag, value[known.takes] ?? '', ...rest]}
}

interface ToolFlag {
  readonly flag: string
  readonly takes: '{interface}' | '{address}'
}

/** By the tools' own manuals. */
const toolFlags: Readonly<Record<string, ToolFlag>> = {
  ping: {flag: '-I', takes: '{interface}'},
  arping: {flag: '-I', takes: '{interface}'},
  tcpdump: {flag: '-i', takes: '{interface}'},
  traceroute: {flag: '-i', takes: '{interface}'},
  curl: {flag: '--interface', takes: '{interface}'},
  iperf3: {flag: '-B', takes: '{address}'},
  nc: {flag: '-s', takes: '{address}'},
  dig: {flag: '-b', takes: '{address}'},
  ssh: {flag: '-b', takes: '{address}'},
}

function nameOf(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1)
}

function fill(word: string, value: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(value).reduce((filled, [hole, text]) => filled.replaceAll(hole, text ?? ''), word)
}
