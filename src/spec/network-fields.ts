import {ipams} from '../catalog/ipam/index.ts'
import {networkTypes} from '../catalog/network/index.ts'
import {chainField} from './chain.ts'
import {choicesOf} from './choices-of.ts'
import {boolean, choice, list, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {optionFields} from './network-options.ts'
import {readAnySubnet, readInterfaceAddress, readRoute} from './network-texts.ts'
import {readAddress, readInterfaceName, readName, readText} from './texts.ts'

/** The first argument of `net add`. */
export const networkTypeField = choice({
  flag: 'type',
  ask: 'Type of the network',
  describe: 'Type of the network',
  choices: choicesOf(networkTypes),
  wizard: true,
})

/** The second argument of `net add`. */
export const networkNameField = text({
  flag: 'name',
  ask: 'Name of the network',
  describe: 'Name of the network: what pods name in their annotation',
  // A name with dots could be named only in the JSON form of the annotation.
  read: readName({what: 'a network', longest: 63}),
  wizard: true,
})

/** What a network of any type can be: flags of `net add` and the wizard's questions. What is absent is chosen to fit the cluster. */
export const networkFields = {
  master: text({
    flag: 'master',
    ask: 'Extra network or NIC that it sits on',
    describe: 'Extra network of the cluster, or NIC of the nodes, that it sits on',
    read: readInterfaceName,
    wizard: true,
  }),
  ipam: choice({
    flag: 'ipam',
    ask: 'Who hands out its addresses',
    describe: 'Who hands out its addresses; what is safe on this many nodes otherwise',
    choices: choicesOf(ipams),
    wizard: true,
  }),
  dhcpServer: boolean({
    flag: 'dhcp-server',
    ask: 'Run a DHCP server on it',
    describe: 'With --ipam dhcp: run a small DHCP server for it on each node, which hands out a part of the range',
    wizard: true,
  }),
  subnets: list({
    flag: 'subnet',
    ask: 'Subnet of its addresses',
    describe:
      "Subnet of its addresses, one for each IP version; that of the master's network, or a free one, otherwise",
    item: readAnySubnet,
    wizard: true,
  }),
  rangeStarts: list({
    flag: 'range-start',
    ask: 'First address for pods',
    describe: 'First address for pods, one for each IP version',
    item: readAddress,
  }),
  rangeEnds: list({
    flag: 'range-end',
    ask: 'Last address for pods',
    describe: 'Last address for pods, one for each IP version',
    item: readAddress,
  }),
  gateways: list({
    flag: 'gateway',
    ask: 'Gateway',
    describe: 'Address of the gateway, one for each IP version: not handed out to pods',
    item: readAddress,
  }),
  routes: list({
    flag: 'route',
    ask: 'Route of pods',
    describe: 'A route of its pods: CIDR, through the gateway, or CIDR=GATEWAY; may be repeated',
    item: readRoute,
  }),
  addresses: list({
    flag: 'address',
    ask: 'Fixed address',
    describe: 'With --ipam static: the address that pods get, with its prefix; without one each pod asks for its own',
    item: readInterfaceAddress,
    wizard: true,
  }),
  chains: chainField,
  cniVersion: choice({
    flag: 'cni-version',
    ask: 'Version of the CNI specification',
    describe: 'Version of the CNI specification; 0.3.1 otherwise, which every plugin and primary network goes with',
    choices: (['0.3.1', '0.4.0', '1.0.0'] as const).map((value) => ({value, title: value, summary: ''})),
  }),
  description: text({
    flag: 'description',
    ask: 'What it is for',
    describe: 'What it is for, in one sentence for whoever reads the object',
    read: readText,
  }),
  owner: text({flag: 'owner', ask: 'Whom to ask about it', describe: 'Whom to ask about it', read: readText}),
  namespace: withDefault(
    'default',
    text({
      flag: 'namespace',
      char: 'n',
      ask: 'Namespace',
      describe: 'Namespace of the network',
      read: readName({what: 'a namespace', longest: 63}),
    }),
  ),
} as const satisfies Fields

/** What only some types can be, from the catalog. */
export const networkOptionFields: Fields = optionFields(networkTypes)
