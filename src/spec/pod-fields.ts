import {choice, integer, list, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {readDefaultNetwork, readNetworkReference} from './attachment.ts'
import {
  readRequestedAddress,
  readRequestedBandwidth,
  readRequestedGateway,
  readRequestedMac,
  readRequestedPort,
} from './attachment-requests.ts'
import {readName, readObjectName} from './texts.ts'

/** The argument of `pod add`. */
export const podNameField = text({
  flag: 'name',
  ask: 'Name of the pod',
  describe: 'Name of the pod',
  read: readName({what: 'a pod', longest: 63}),
  wizard: true,
})

const namespaceField = withDefault(
  'default',
  text({
    flag: 'namespace',
    char: 'n',
    ask: 'Namespace',
    describe: 'Namespace of the pod',
    read: readName({what: 'a namespace', longest: 63}),
  }),
)

/** The networks, and what a plugin can be asked for on each: shared by everything that attaches. */
export const attachFields = {
  networks: withDefault(
    [],
    list({
      flag: 'network',
      ask: 'Networks to attach',
      describe:
        'A network to attach: [NAMESPACE/]NAME[@INTERFACE], may be repeated; in this order they are net1, net2, …',
      item: readNetworkReference,
      wizard: true,
    }),
  ),
  ips: withDefault(
    [],
    list({
      flag: 'ip',
      ask: 'Address to ask for',
      describe:
        'An address to ask for: ADDRESS[/PREFIX] where one network is attached, else NETWORK=ADDRESS, where NETWORK may also be the interface; so with all flags below, which may be repeated',
      item: readRequestedAddress,
    }),
  ),
  macs: withDefault(
    [],
    list({
      flag: 'mac',
      ask: 'MAC address to ask for',
      describe: 'A MAC address to ask for: [NETWORK=]MAC',
      item: readRequestedMac,
    }),
  ),
  bandwidths: withDefault(
    [],
    list({
      flag: 'bandwidth',
      ask: 'Bandwidth to allow',
      describe: 'Bits per second to allow: [NETWORK=]RATE such as 10M, or IN/OUT such as 10M/2M',
      item: readRequestedBandwidth,
    }),
  ),
  portMaps: withDefault(
    [],
    list({
      flag: 'port-map',
      ask: 'Port of the node to map',
      describe: 'A port of the node that leads to the pod: [NETWORK=]HOSTPORT:PORT[/PROTOCOL]',
      item: readRequestedPort,
    }),
  ),
} as const satisfies Fields

const workloadField = choice({
  flag: 'as',
  ask: 'What to make',
  describe: 'What keeps the pods running',
  choices: [
    {value: 'pod', title: 'A pod', summary: 'one, which nothing starts again'},
    {value: 'deployment', title: 'A Deployment', summary: 'replicas that are all alike'},
    {value: 'statefulset', title: 'A StatefulSet', summary: 'replicas with names of their own: NAME-0, NAME-1, …'},
  ],
  wizard: true,
})

/** What a test pod can be: flags of `pod add` and the wizard's questions. */
export const podFields = {
  ...attachFields,
  defaultRoutes: withDefault(
    [],
    list({
      flag: 'default-route',
      ask: 'Gateway of the default route',
      describe:
        'Send what is for neither pods nor services by this gateway: [NETWORK=]GATEWAY. An init container sets the route: the annotation for it does nothing in Multus 4.2 and 4.3',
      item: readRequestedGateway,
    }),
  ),
  defaultNetwork: text({
    flag: 'default-network',
    ask: 'Network for eth0',
    describe:
      'Use this network for eth0 instead of the cluster network: [NAMESPACE/]NAME, in kube-system where no namespace is named',
    read: readDefaultNetwork,
  }),
  as: withDefault('pod', workloadField),
  replicas: withDefault(
    1,
    integer({
      flag: 'replicas',
      ask: 'How many replicas',
      describe: 'Pods of a Deployment or StatefulSet',
      min: 1,
      max: 100,
      wizard: true,
    }),
  ),
  node: text({
    flag: 'node',
    ask: 'Node to run on',
    describe: 'Node to run on; any otherwise',
    read: readObjectName('a node'),
    wizard: true,
  }),
  namespace: namespaceField,
} as const satisfies Fields
