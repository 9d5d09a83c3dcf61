import {batchOf, kernelLinks, readRefusals} from '../../catalog/kernel-links.ts'
import type {Collector, Look} from '../collector.ts'

/** Programs that every node image of kind has; on other nodes some may be missing, and the index says so. */
export const nodeLooks: Collector = ({nodes, apiFault}) =>
  nodes.flatMap(({name}) => [
    ...Object.entries({...tools, ...(apiFault === undefined ? {} : withoutApi)}).map(
      ([file, [title, argv]]): Look => ({
        file: `nodes/${name}/${file}`,
        title: `${title} of ${name}`,
        probe: {type: 'node', node: name, argv},
      }),
    ),
    kernelLinksOf(name),
  ])

type Tools = Readonly<Record<string, readonly [title: string, argv: readonly string[]]>>

/** The text of small files below folders, each under its name. */
const texts = (...folders: readonly string[]): readonly string[] => [
  'find',
  ...folders,
  '-type',
  'f',
  '-size',
  '-65k',
  ...'-exec tail -v -n +1 {} +'.split(' '),
]

const journal = (...words: readonly string[]): readonly string[] => [
  ...'journalctl --no-pager --output short-iso --lines 500 --unit kubelet'.split(' '),
  ...words,
]

const tools: Tools = {
  'etc-cni.txt': ['listing of /etc/cni', ['ls', '-laR', '/etc/cni']],
  'etc-cni-files.txt': ['CNI and Multus configuration', texts('/etc/cni')],
  'plugins.txt': ['CNI plugins', ['ls', '-la', '/opt/cni/bin']],
  'addresses.txt': ['links and addresses', ['ip', '-details', '-statistics', 'addr']],
  'routes.txt': ['IPv4 routes', ['ip', 'route', 'show', 'table', 'all']],
  'routes-ipv6.txt': ['IPv6 routes', ['ip', '-6', 'route', 'show', 'table', 'all']],
  'rules.txt': ['routing rules', ['ip', 'rule']],
  'neighbours.txt': ['neighbours', ['ip', 'neigh']],
  'bridge-ports.txt': ['ports of bridges', ['bridge', '-d', 'link']],
  'kernel.txt': ['kernel', ['uname', '-a']],
  'settings.txt': [
    'kernel settings',
    [
      'sysctl',
      '-e',
      'fs.inotify.max_user_instances',
      'fs.inotify.max_user_watches',
      'net.ipv4.ip_forward',
      'net.ipv4.conf.all.rp_filter',
      'net.ipv4.conf.default.rp_filter',
      'net.ipv6.conf.all.disable_ipv6',
      'net.ipv6.conf.default.disable_ipv6',
      'net.bridge.bridge-nf-call-iptables',
    ],
  ],
  'leases.txt': ['leases of host-local', texts('/run/cni', '/var/lib/cni/networks')],
  // The files themselves hold the pod's annotations, and configurations in base64: no place to hide secrets in.
  'results.txt': [
    'what plugins gave to each pod, as they remember it,',
    [
      'grep',
      '-roE',
      '"(K8S_POD_NAME|K8S_POD_NAMESPACE|ifName|networkName|sandbox|address|gateway|mac)"[,:]"[^"]*"',
      '/var/lib/cni',
    ],
  ],
  'kubelet.log': ['last lines of the kubelet', journal()],
  'cni.log': [
    'what kubelet and container runtime said of pods and CNI, newest first,',
    journal('--unit', 'containerd', '--grep', 'cni|multus|sandbox'),
  ],
  'pod-addresses.txt': ['links and addresses in every pod', ['ip', '-all', 'netns', 'exec', 'ip', 'addr']],
  'pod-routes.txt': ['routes in every pod', ['ip', '-all', 'netns', 'exec', 'ip', 'route']],
}

/** What the API would have told. */
const withoutApi: Tools = {
  'containers.json': ['containers', ['crictl', 'ps', '-a', '-o', 'json']],
  'agent-logs.txt': [
    'logs of agents',
    [
      ...'find /var/log/pods ( -path *multus* -o -path *whereabouts* -o -path *cilium* -o -path *calico* ) -name *.log'.split(
        ' ',
      ),
      ...'-exec tail -v -c 65536 {} +'.split(' '),
    ],
  ],
}

/** Each link is tried in a network namespace that ends with the program. Without standard input: the lines come as words. */
function kernelLinksOf(node: string): Look {
  const links = kernelLinks()
  const lines = batchOf(links).trimEnd().split('\n')
  return {
    file: `nodes/${node}/kernel-links.txt`,
    title: `link types, made or refused by the kernel of ${node}`,
    probe: {
      type: 'node',
      node,
      argv: ['unshare', '--net', 'sh', '-c', `printf '%s\\n' "$@" | ip -force -batch -`, 'trial', ...lines],
    },
    read: ({stderr}) => {
      const refused = readRefusals(stderr, links)
      // It did not come to trying.
      if (stderr.trim() !== '' && Object.keys(refused).length === 0) return stderr
      return links.map(({kind}) => `${kind}: ${refused[kind] ?? 'can be made'}`).join('\n')
    },
  }
}
