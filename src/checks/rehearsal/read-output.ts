import type {Json} from '../../steps/object.ts'
import {at, countAt, listAt, textAt} from '../json-path.ts'
import type {JsonObject} from './chain.ts'
import type {CniCall} from './cni-call.ts'
import type {CallSeen, InsideSeen, RouteSeen} from './seen-rehearsal.ts'

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * How a plugin's call ended. A plugin prints its result or its error as JSON on stdout (CNI specification 1.1.0, section 5). A program that is not there
 * is said as libcni says it, so that one explanation serves both.
 */
export function readCall({command, plugin, env}: CniCall, {exitCode, stdout, stderr}: Ended): CallSeen {
  const answer = parseObject(stdout)
  if (exitCode === 0) return {command, plugin, ...(command === 'ADD' && answer && {result: answer})}
  const message = [textAt(answer, 'msg'), textAt(answer, 'details')].filter(Boolean).join('; ')
  if (message !== '') return {command, plugin, error: message}
  if (isMissing(exitCode, `${stdout}${stderr}`))
    return {command, plugin, error: `failed to find plugin "${plugin}" in path [${env['CNI_PATH'] ?? ''}]`}
  if (exitCode === 124 || exitCode === 137) return {command, plugin, error: 'it did not end in time and was ended'}
  const words = (stderr.trim() || stdout.trim()).split('\n').at(-1)
  return {command, plugin, error: words || `it ended with exit code ${exitCode} and said nothing`}
}

/** From the lines of `ip -j` that showed addresses, IPv4 routes and IPv6 routes of a namespace, in this order. Undefined for anything else. */
export function readInside(output: string, name: string): InsideSeen | undefined {
  const [links, ...routes] = jsonLines(output)
  if (links === undefined) return undefined
  const link = listOf(links).find((one) => textAt(one, 'ifname') === name)
  const mac = textAt(link, 'link_type') === 'ether' ? textAt(link, 'address') : undefined
  return {
    ...(link && {
      link: {mtu: countAt(link, 'mtu'), up: listAt(link, 'flags').includes('UP'), ...(mac !== undefined && {mac})},
    }),
    addresses: listAt(link, 'addr_info').flatMap((one) =>
      textAt(one, 'scope') === 'global' ? [`${textAt(one, 'local')}/${countAt(one, 'prefixlen')}`] : [],
    ),
    routes: routes.flatMap((table) => listOf(table).flatMap(readRoute)),
  }
}

/** Names of the links in the lines of `ip -j link`. */
export function readLinkNames(output: string): readonly string[] {
  return jsonLines(output).flatMap((line) => listOf(line).flatMap((link) => textAt(link, 'ifname') ?? []))
}

/** Routes to link-local addresses and to multicast are there whatever the network says. */
function readRoute(route: Json): readonly RouteSeen[] {
  const destination = textAt(route, 'dst') ?? ''
  const gateway = textAt(route, 'gateway')
  if (/^(fe80:|ff00:|multicast)/.test(destination) || destination === '') return []
  return [{destination, ...(gateway !== undefined && {gateway})}]
}

/** What the engine, the kernel and env(1) say of a program that is not there. */
function isMissing(exitCode: number, words: string): boolean {
  return (exitCode === 126 || exitCode === 127) && /no such file|not found|failed to run command/i.test(words)
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function jsonLines(output: string): readonly Json[] {
  return output.split('\n').flatMap((line) => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line) as Json]
    } catch {
      return []
    }
  })
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return at(value) !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
