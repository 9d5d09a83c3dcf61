import type {Rule} from '../rule.ts'
import {nodesOf} from '../scene.ts'
import {leafAt, startOf} from '../tree-access.ts'

/** Schemes of the providerID that cloud providers give their nodes (their cloud-controller-managers). */
const clouds: Readonly<Record<string, string>> = {
  aws: 'AWS',
  gce: 'Google Cloud',
  azure: 'Azure',
  openstack: 'OpenStack',
  ibm: 'IBM Cloud',
  digitalocean: 'DigitalOcean',
  hcloud: 'Hetzner Cloud',
  linode: 'Linode',
  vultr: 'Vultr',
}

/** systemd names Wi-Fi NICs wl…, the kernel wlan0 (systemd.net-naming-scheme). */
const wifi = /^wl/

export const guardedNic: Rule = {
  code: 'KL-L404',
  title: 'What the NIC is plugged into may drop the frames of pods',
  severity: 'info',
  why: 'A Wi-Fi access point takes frames of one MAC address for each station, so macvlan has no connection through it; ipvlan, whose pods share that of the NIC, has. A cloud drops frames of MAC addresses that it did not give the NIC, and of IP addresses too, until it is told of them: macvlan stays on its node, and ipvlan works with addresses that the cloud assigned (multus-cni #660, #372).',
  fix: 'Use a wired NIC, or ipvlan with addresses that the NIC may have',
  *network(network, {facts}) {
    for (const {tree, type} of network.config?.plugins ?? []) {
      if (type !== 'macvlan' && type !== 'ipvlan') continue
      const master = leafAt(tree, 'master')
      const at = master ?? startOf(tree)
      if (type === 'macvlan' && master && wifi.test(master.value))
        yield {
          at,
          message: `${master.value} is a Wi-Fi NIC by its name: the access point drops the frames of pods, which have MAC addresses of their own`,
          fix: 'Use a wired NIC, or ipvlan',
        }
      const node = nodesOf(network, facts).find(({provider}) => Object.hasOwn(clouds, provider))
      if (!node) continue
      const cloud = clouds[node.provider]
      yield {
        at,
        message:
          type === 'macvlan'
            ? `${node.name} runs in ${cloud}, which drops frames of MAC addresses that it did not give the NIC`
            : `${node.name} runs in ${cloud}, which drops packets of IP addresses that it did not give the NIC`,
        fix:
          type === 'macvlan'
            ? 'Use ipvlan with addresses that the cloud assigned to the NIC'
            : 'Have the cloud assign the addresses of the range to the NIC',
      }
    }
  },
}
