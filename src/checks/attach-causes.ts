import {pluginCauses} from './plugin-causes.ts'

/** Why a pod did not get its network: the texts of Multus and of the plugins, and what they mean. */
export interface AttachCause {
  readonly cause: string
  readonly fix: string
}

/** A text that Multus or a plugin prints, and what it means; both functions get the match. */
export interface CauseRow {
  readonly text: RegExp
  readonly cause: (found: readonly string[]) => string
  readonly fix: (found: readonly string[]) => string
}

/**
 * The cause behind the message of a FailedCreatePodSandBox event; undefined for a message that is not known. The texts are those of
 * Multus 4.3.0 and of the CNI plugins 1.9.1, seen on clusters; a more particular row stands before a more general one.
 */
export function explainAttachFailure(message: string): AttachCause | undefined {
  for (const row of [...rows, ...pluginCauses]) {
    const match = row.text.exec(message)
    if (match) return {cause: row.cause(match), fix: row.fix(match)}
  }
  return undefined
}

const rows: readonly CauseRow[] = [
  {
    text: /cannot find a network-attachment-definition \(\)/,
    cause: () => 'the annotation names a network without a name, after a comma that is too many',
    fix: () => 'remove the trailing comma from the annotation k8s.v1.cni.cncf.io/networks',
  },
  {
    text: /cannot find a network-attachment-definition \(([^)]+)\) in namespace \(([^)]+)\)/,
    cause: ([, name, namespace]) => `there is no network ${name} in namespace ${namespace}`,
    fix: ([, name, namespace]) =>
      `k8s-local net list --namespace ${namespace}; for another namespace write NAMESPACE/${name}`,
  },
  {
    text: /failed to parse pod Network Attachment Selection Annotation JSON format: (.+)/,
    cause: ([, why]) => `the annotation is not the JSON that Multus reads: ${why?.trim()}`,
    fix: () => 'write an array of objects, "ips" as an array of strings; or the short form NAMESPACE/NAME@INTERFACE',
  },
  {
    text: /Failed to parse interface name: .*interface name '([^']+)'/,
    cause: ([, name]) => `${name} cannot be the name of an interface`,
    fix: () => 'choose one of at most 15 characters, without slash or space',
  },
  {
    text: /(?:failed to unmarshal Spec\.Config|it is not JSON): (.+)/,
    cause: ([, why]) => `the network's configuration is not JSON: ${why?.trim()}`,
    fix: () => 'correct spec.config of the NetworkAttachmentDefinition: no comments, no trailing commas',
  },
  {
    text: /No networks found in (\S+)/,
    cause: ([, folder]) => `the network has no spec.config, and ${folder} on the node has no file for it`,
    fix: () => 'add the network again: k8s-local net remove NAME, then k8s-local net add',
  },
  {
    text: /failed to find plugin "([^"]+)"/,
    cause: ([, plugin]) => `the plugin ${plugin} is not on the node`,
    fix: ([, plugin]) =>
      plugin === 'whereabouts'
        ? 'install it with: k8s-local net add … --ipam whereabouts'
        : 'check the type in the configuration; k8s-local create with the same flags copies missing plugins',
  },
  {
    text: /failed to find host device: (.+)/,
    cause: () => 'the device to move into the pod is not on the node, or another pod holds it',
    fix: () => 'look for it with: docker exec NODE ip -o link',
  },
  {
    text: /(\S+) carries .*: a pod takes the device away/,
    cause: ([, device]) =>
      `${device} is in use by the node itself: whatever has its addresses would lose them with the first pod`,
    fix: () => 'give the nodes a NIC that only pods use: k8s-local create --network NAME',
  },
  {
    text: /Link not found/,
    cause: () => 'the master interface does not exist on the node',
    fix: () => 'name an interface that every node has: k8s-local status shows the NICs of each node',
  },
  {
    text: /invalid MTU (\d+), must be \[0, master MTU\((\d+)\)\]/,
    cause: ([, mtu, most]) => `MTU ${mtu} is larger than that of the master, ${most}`,
    fix: ([, , most]) => `set an MTU of at most ${most}, or none`,
  },
  {
    text: /failed to create (\w+): operation not supported/,
    cause: ([, kind]) => `the kernel of this machine has no ${kind}`,
    fix: ([, kind]) => `load it on the host (modprobe ${kind === 'vlan' ? '8021q' : kind}), or use macvlan`,
  },
  {
    text: /failed to create macvlan: (device or resource busy|invalid argument)/,
    cause: ([, why]) =>
      `the master cannot carry one more macvlan (${why}): ipvlan, a bridge or a passthru macvlan holds it`,
    fix: () => 'use one master per type: k8s-local create --network adds one',
  },
  {
    text: /no IP addresses available in range set: (\S+)/,
    cause: ([, range]) => `every address of ${range} is taken`,
    fix: () => 'delete pods that use the network, or make it anew with a larger range',
  },
  {
    text: /Could not allocate IP in range: ip: (\S+) \/ - (\S+)/,
    cause: ([, first, last]) => `whereabouts has no free address between ${first} and ${last}`,
    fix: () => 'delete pods that use the network, or make it anew with a larger range',
  },
  {
    text: /failed to allocate all requested IPs: (\S+)/,
    cause: ([, address]) => `the requested address ${address} is outside the network's range`,
    fix: () => 'ask for an address inside the range: k8s-local net list shows it',
  },
  {
    text: /requested IP address (\S+) is not available/,
    cause: ([, address]) => `the requested address ${address} is taken`,
    fix: () => 'ask for another one, or leave the choice to the network',
  },
  {
    text: /IPAM plugin returned missing IP config/,
    cause: () => 'the network has static addresses, and the pod asks for none',
    fix: () => 'ask for one: k8s-local pod add … --ip ADDRESS/PREFIX',
  },
  {
    text: /the 'ip' field is expected to be in CIDR notation, got: '([^']+)'/,
    cause: ([, address]) => `the requested address ${address} has no prefix length`,
    fix: ([, address]) => `write it as ${address}/24, with the prefix length of the network`,
  },
  {
    text: /interface name (\S+) already exists/,
    cause: ([, name]) => `two interfaces of the pod would be called ${name}`,
    fix: () => 'give each attachment a name of its own: NETWORK@INTERFACE',
  },
  {
    text: /error dialing DHCP daemon/,
    cause: () => 'the network asks for DHCP, and no DHCP daemon runs on the node',
    fix: () => 'use --ipam whereabouts or --ipam host-local',
  },
  {
    text: /dial unix \/(?:var\/)?run\/multus\/multus\.sock|CmdAdd \(shim\).*(?:timed out|refused)/,
    cause: () => 'the Multus daemon of the node does not answer',
    fix: () =>
      'kubectl -n kube-system logs ds/kube-multus-ds; then: kubectl -n kube-system rollout restart ds/kube-multus-ds',
  },
  {
    text: /User "system:serviceaccount:kube-system:multus" cannot|Unauthorized/,
    cause: () => 'Multus was removed or replaced, and its configuration stayed on the node',
    fix: () => 'remove /etc/cni/net.d/00-multus.conf and 00-multus.conflist on the node',
  },
  {
    text: /error (?:waiting for pod|getting pod): .*(context deadline exceeded|timeout|connection refused)/,
    cause: ([, why]) => `Multus on the node cannot reach the API server (${why})`,
    fix: () => 'kubectl -n kube-system get pods -o wide: kube-proxy and the CNI of that node must run',
  },
]
