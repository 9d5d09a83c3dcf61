import {basename} from 'node:path'
import {readNetworkFile} from '../checks/rehearsal/read-network-file.ts'
import type {FileDriver} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {TrialSource} from '../run/rehearsal/on-cluster.ts'
import {readNetworkReference, readRequestedAddress} from '../spec/attachment.ts'
import {boolean, list, type Parsed, shown, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields} from '../spec/field.ts'
import {networkFields} from '../spec/network-fields.ts'
import {refuse} from '../spec/read-fields.ts'
import {readInterfaceName, readText} from '../spec/texts.ts'
import {absolute} from './run-options.ts'

export const tryFields = {
  nodes: withDefault(
    [],
    list({flag: 'node', ask: 'Nodes to try it on', describe: 'Only on this node; may be repeated; all otherwise', item: readText}),
  ),
  ip: text({flag: 'ip', ask: 'Address to ask for', describe: 'Address that the first rehearsed pod asks for', read: readAddressOnly}),
  mac: text({flag: 'mac', ask: 'MAC address to ask for', describe: 'MAC address that the first rehearsed pod asks for', read: readMac}),
  namespace: networkFields.namespace,
  host: withDefault(
    false,
    boolean({
      flag: 'host',
      ask: 'Without a cluster',
      describe: 'Without a cluster, as root: on two nodes that are imitated on this machine',
    }),
  ),
  nics: withDefault(
    ['eth0', 'eth1'],
    list({
      flag: 'nic',
      ask: 'NICs of the imitated nodes',
      describe: 'NIC that the imitated nodes have, with --host; may be repeated; eth0 and eth1 otherwise',
      item: readInterfaceName,
    }),
  ),
} as const satisfies Fields

/** What was named: networks of a cluster, or those in files. Throws network-unreadable, invalid-input. */
export async function readSources(
  words: readonly string[],
  {namespace, files}: {readonly namespace: string; readonly files: Pick<FileDriver, 'read'>},
): Promise<readonly TrialSource[]> {
  const sources = await Promise.all(
    words.map((word) => (isFile(word) ? readFile(word, {namespace, files}) : readReference(word, namespace))),
  )
  return sources.flat()
}

/** A name of a network has neither an ending nor more than one slash. */
function isFile(word: string): boolean {
  return word === '-' || /^[./~]|\.(?:ya?ml|json|conf|conflist)$/i.test(word)
}

function readReference(word: string, fallback: string): readonly TrialSource[] {
  const read = readNetworkReference(word)
  if ('fault' in read) refuse([{at: 'NETWORK', message: read.fault, fix: 'A file is named with its folder or its ending: ./FILE, FILE.yaml'}])
  const {network = '', namespace = fallback} = 'value' in read ? read.value : {}
  return [{namespace, name: network}]
}

async function readFile(
  word: string,
  {namespace: fallback, files}: {readonly namespace: string; readonly files: Pick<FileDriver, 'read'>},
): Promise<readonly TrialSource[]> {
  const file = word === '-' ? '/dev/stdin' : absolute(word)
  const contents = await files.read(file)
  if (contents === undefined) throw new Problem('network-unreadable', {message: `There is no file ${word}`})
  const read = readNetworkFile(contents, basename(word).replace(/\.[^.]*$/, '') || 'network')
  if ('fault' in read) throw new Problem('network-unreadable', {message: `${word} holds no network that can be tried`, cause: read.fault})
  return read.networks.map(({name, namespace = fallback, config}) => ({file: word, name, namespace, config}))
}

function readAddressOnly(raw: unknown): Parsed<string> {
  const read = readRequestedAddress(raw)
  if ('fault' in read) return read
  return read.value.network === undefined ? {value: read.value.ip} : {fault: `${shown(raw)} names a network: give the address alone`}
}

function readMac(raw: unknown): Parsed<string> {
  return typeof raw === 'string' && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(raw)
    ? {value: raw.toLowerCase()}
    : {fault: `${shown(raw)} is not a MAC address such as 02:00:00:00:00:10`}
}
