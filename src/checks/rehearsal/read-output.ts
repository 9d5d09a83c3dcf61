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

/** From two lines of `ip -j`: the addresses, and the routes of all tables of a namespace. */
export function readInside([links, routes]: readonly (Json | undefined)[], name: string): InsideSeen | undefined {
  if (links === undefined || routes === undefined) return undefined
  const link = listOf(links).find((one) => textAt(one, 'ifname') === name)
  const mac = textAt(link, 'link_type') === 'ether' ? textAt(link, 'address') : undefined
  return {
    ...(link && {
      link: {mtu: countAt(link, 'mtu'), up: listAt(link, 'flags').includes('UP'), ...(mac !== undefined && {mac})},
    }),
    addresses: globalAddresses(link),
    routes: listOf(routes).flatMap(readRoute),
  }
}

/** The names under a key in the lines of `ip -j`: `ifname` of links, `name` of namespaces. */
export function readNames(output: string, key: 'ifname' | 'name'): readonly string[] {
  return jsonLines(output).flatMap((line) => listOf(line).flatMap((one) => textAt(one, key) ?? []))
}

/** The addresses by which others know a link of the lines of `ip -j addr`. */
export function readAddressesOf(output: string, name: string): readonly string[] {
  const links = jsonLines(output).flatMap(listOf)
  return globalAddresses(links.find((one) => textAt(one, 'ifname') === name))
}

/** The lines of `ip -j` as data; what is no JSON is left out. */
export function jsonLines(output: string): readonly Json[] {
  return output.split('\n').flatMap((line) => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line) as Json]
    } catch {
      return []
    }
  })
}

/** Routes to the pod itself, to link-local addresses and to multicast are there whatever the network says. */
function readRoute(route: Json): readonly RouteSeen[] {
  const destination = textAt(route, 'dst') ?? ''
  const gateway = textAt(route, 'gateway')
  const table = textAt(route, 'table')
  if (destination === '' || table === 'local' || /^(fe80:|ff00:|multicast)/.test(destination)) return []
  return [{destination, ...(gateway !== undefined && {gateway}), ...(table !== undefined && {table})}]
}

function globalAddresses(link: Json | undefined): readonly string[] {
  return listAt(link, 'addr_info').flatMap((one) =>
    textAt(one, 'scope') === 'global' ? [`${textAt(one, 'local')}/${countAt(one, 'prefixlen')}`] : [],
  )
}

/** What the engine, the kernel and env(1) say of a program that is not there. */
function isMissing(exitCode: number, words: string): boolean {
  return (exitCode === 126 || exitCode === 127) && /no such file|not found|failed to run command/i.test(words)
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return at(value) !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
