import {cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import {boolean, choice, integer, list, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {readKubernetes} from './kubernetes-version.ts'
import {choicesOf} from './choices-of.ts'
import {readNodeNetwork} from './node-network.ts'
import {readName, readSubnet} from './texts.ts'

/** The argument of every command that works on a cluster, and the key `name` of k8s-local.yaml. */
export const clusterNameField = withDefault(
  'k8s-local',
  text({
    flag: 'name',
    ask: 'Name of the cluster',
    describe: 'Name of the cluster',
    // With kind's longest ending, -control-plane2 and up, a host name stays below its 63 characters.
    read: readName({what: 'a cluster', longest: 40}),
  }),
)

/** What a cluster can be: flags of `create`, keys of k8s-local.yaml, and the wizard's questions in their order. */
export const clusterFields = {
  workers: withDefault(
    2,
    integer({
      flag: 'workers',
      char: 'w',
      ask: 'How many worker nodes',
      describe: 'Worker nodes, 0 to 9; two prove that traffic crosses nodes',
      min: 0,
      max: 9,
      wizard: true,
    }),
  ),
  controlPlanes: withDefault(
    1,
    integer({
      flag: 'control-planes',
      ask: 'How many control-plane nodes',
      describe: 'Control-plane nodes: an odd number, so that etcd always has a majority',
      min: 1,
      max: 5,
      only: [1, 3, 5],
    }),
  ),
  kubernetes: withDefault(
    'auto',
    text({
      flag: 'kubernetes',
      char: 'k',
      ask: 'Kubernetes version',
      describe: 'Kubernetes version, such as 1.34 or v1.34.4; auto is the newest that this machine can run',
      read: readKubernetes,
    }),
  ),
  cni: withDefault(
    'cilium',
    choice({
      flag: 'cni',
      char: 'c',
      ask: "Which CNI carries the cluster's own network",
      describe: "CNI of the cluster's own network",
      choices: choicesOf(cnis),
      wizard: true,
    }),
  ),
  multus: withDefault(
    'thin',
    choice({
      flag: 'multus',
      char: 'm',
      ask: 'How to run Multus',
      describe: 'How to run Multus, which gives pods their second interfaces',
      choices: [
        ...choicesOf(multusModes),
        {value: 'none' as const, title: 'None', summary: 'only the primary CNI: pods get no second interface'},
      ],
      wizard: true,
    }),
  ),
  networks: withDefault(
    [{name: 'data', subnet: 'auto'}],
    list({
      flag: 'network',
      ask: 'Extra networks',
      describe: 'An extra NIC on every node: NAME or NAME=CIDR, may be repeated; none for no extra network',
      item: readNodeNetwork,
      wizard: true,
    }),
  ),
  testNetworks: withDefault(
    true,
    boolean({
      flag: 'test-networks',
      ask: 'A macvlan network for pods on each extra network',
      describe: 'Also make a macvlan network for pods, of the same name, on each extra network',
      wizard: true,
    }),
  ),
  podSubnet: withDefault(
    '10.244.0.0/16',
    text({
      flag: 'pod-subnet',
      ask: 'Subnet of the pods',
      describe: "Subnet of the pods' primary addresses; each node takes a /24 of it",
      read: readSubnet,
    }),
  ),
  serviceSubnet: withDefault(
    '10.96.0.0/16',
    text({
      flag: 'service-subnet',
      ask: 'Subnet of the services',
      describe: 'Subnet of the services',
      read: readSubnet,
    }),
  ),
} as const satisfies Fields
