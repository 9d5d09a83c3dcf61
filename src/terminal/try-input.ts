import {type Requested, readRequestedAddress, readRequestedMac} from '../spec/attachment-requests.ts'
import {boolean, list, type Parsed, shown, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields} from '../spec/field.ts'
import {networkFields} from '../spec/network-fields.ts'
import {readInterfaceName, readText} from '../spec/texts.ts'

export const tryFields = {
  nodes: withDefault(
    [],
    list({
      flag: 'node',
      ask: 'Nodes to try it on',
      describe: 'Only on this node; may be repeated; all otherwise',
      item: readText,
    }),
  ),
  ip: text({
    flag: 'ip',
    ask: 'Address to ask for',
    describe: 'Address that the first rehearsed pod asks for',
    read: readAddressOnly,
  }),
  mac: text({
    flag: 'mac',
    ask: 'MAC address to ask for',
    describe: 'MAC address that the first rehearsed pod asks for',
    read: readMacOnly,
  }),
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

function readAddressOnly(raw: unknown): Parsed<string> {
  return alone(raw, readRequestedAddress(raw))
}

function readMacOnly(raw: unknown): Parsed<string> {
  return alone(raw, readRequestedMac(raw))
}

/** A rehearsal has one network only. */
function alone(raw: unknown, read: Parsed<Requested<string>>): Parsed<string> {
  if ('fault' in read) return read
  return read.value.network === undefined
    ? {value: read.value.value}
    : {fault: `${shown(raw)} names a network: give the value alone`}
}
