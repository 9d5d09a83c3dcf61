import {type IpamName, ipams} from '../catalog/ipam/index.ts'
import type {NetworkSite} from '../plan/network-site.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'

/** The name that `create` gives where nobody gives one. */
export const imaginedCluster = 'k8s-local'

/** A cluster as `create` makes it, for showing a network where there is no cluster: its first extra network is `eth1` on three nodes. */
export function imaginedSite({master, subnets}: NetworkSpec): NetworkSite {
  const nodes = ['control-plane', 'worker', 'worker2'].map((node) => `${imaginedCluster}-${node}`)
  const isInterface = master !== undefined && /^(?:eth|en|bond|vlan|wl)\w*\d/.test(master)
  const nic = isInterface ? master : 'eth1'
  return {
    nodes,
    nics: [
      {
        network: master === undefined || isInterface ? 'data' : master,
        subnet: subnets?.find((subnet) => !subnet.includes(':')) ?? '172.30.0.0/24',
        names: Object.fromEntries(nodes.map((node) => [node, nic])),
      },
    ],
    networks: [],
    reserved: [],
    ipams: Object.keys(ipams) as readonly IpamName[],
    refusedLinks: {},
    dhcpImage: 'k8s-local/probe:v1',
  }
}
