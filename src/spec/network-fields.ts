import {ipams} from '../catalog/ipam/index.ts'
import {networkTypes} from '../catalog/network/index.ts'
import {choicesOf} from './choices-of.ts'
import {choice, integer, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {readAddress, readInterfaceName, readName, readSubnet} from './texts.ts'

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

/** What a network can be: flags of `net add` and the wizard's questions. What is absent is chosen to fit the cluster. */
export const networkFields = {
  master: text({
    flag: 'master',
    ask: 'Extra network or NIC that it sits on',
    describe: 'Extra network of the cluster, or NIC of the nodes, that it sits on',
    read: readInterfaceName,
    wizard: true,
  }),
  subnet: text({
    flag: 'subnet',
    ask: 'Subnet of its addresses',
    describe: "Subnet of its addresses; that of the master's network otherwise",
    read: readSubnet,
    wizard: true,
  }),
  rangeStart: text({
    flag: 'range-start',
    ask: 'First address for pods',
    describe: 'First address for pods',
    read: readAddress,
  }),
  rangeEnd: text({
    flag: 'range-end',
    ask: 'Last address for pods',
    describe: 'Last address for pods',
    read: readAddress,
  }),
  gateway: text({
    flag: 'gateway',
    ask: 'Gateway',
    describe: 'Address of the gateway: not handed out to pods',
    read: readAddress,
  }),
  mode: text({
    flag: 'mode',
    ask: 'Mode of the plugin',
    describe: 'Mode of the plugin; macvlan: bridge, private, vepa or passthru',
    read: readName({what: 'a mode', longest: 15}),
  }),
  mtu: integer({
    flag: 'mtu',
    ask: 'MTU',
    describe: 'MTU in bytes; that of the master otherwise',
    min: 68,
    max: 65_535,
  }),
  ipam: choice({
    flag: 'ipam',
    ask: 'Who hands out its addresses',
    describe: 'Who hands out its addresses; what is safe on this many nodes otherwise',
    choices: choicesOf(ipams),
    wizard: true,
  }),
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
