import type {CauseRow} from './cause-row.ts'

/** How plugins are put together: KL-608. */
export const pluginCauses: readonly CauseRow[] = [
  {
    code: 'KL-6080',
    says: 'incompatible CNI versions; config is "3.0.0", plugin supports ["1.0.0"]',
    text: /(?:incompatible CNI versions|unsupported CNI result version).*?config is "([^"]+)"/,
    cause: ([, version]) => `the plugin does not know cniVersion ${version}`,
    fix: () => 'use "cniVersion": "1.0.0", 0.4.0 or 0.3.1',
  },
  {
    code: 'KL-6081',
    says: 'Required prevResult missing',
    text: /[Rr]equired prevResult missing|must be called as (?:a )?chained plugin/,
    cause: () => 'the plugin works only after another plugin that makes an interface',
    fix: () => 'put both into "plugins": [ … ], the one that makes the interface first',
  },
  {
    code: 'KL-6082',
    says: 'container interface net1 has no veth peer',
    text: /has no veth peer/,
    cause: () => 'bandwidth limits only interfaces with a peer on the node, as bridge and ptp make them',
    fix: () => 'use a bridge network, or take the plugin bandwidth out of the chain',
  },
  {
    code: 'KL-6083',
    says: 'Sysctl net.ipv4.conf.net1.rp_filter is not allowed. Only the following sysctls are allowed',
    text: /Sysctl (\S+) is not allowed\. Only the following sysctls are allowed/,
    cause: ([, sysctl]) => `the node's list for the plugin tuning does not have ${sysctl}`,
    fix: () => 'leave it out, or add it to /etc/cni/tuning/allowlist.conf on each node',
  },
  {
    code: 'KL-6084',
    says: 'exec: "iptables": executable file not found in $PATH',
    text: /(?:could not initialize iptables|exec: "(?:ip6?tables|nft)[^"]*": executable file not found)/,
    cause: () => 'portmap, firewall and ipMasq need iptables or nft, which the plugin does not find on the node',
    fix: () => 'install it on the node, or leave "ipMasq" and these plugins out',
  },
  {
    code: 'KL-6085',
    says: 'it did not end in time',
    text: /it did not end in time/,
    cause: () => 'the plugin waits for something that does not come: a DHCP server, the API server, a lock',
    fix: () => 'k8s-local status shows whether the cluster answers',
  },
]
