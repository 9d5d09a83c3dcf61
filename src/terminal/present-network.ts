import type {NodeMaster, ShownNetwork} from '../run/queries/show-network.ts'
import {toYaml} from '../to-yaml.ts'
import {useText} from './present-networks.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'
import {hang, wrap} from './wrap.ts'

/** One network: the object, what it means, what it sits on, who uses it. */
export function presentNetwork(network: ShownNetwork, page: Page): string {
  const {object, nodeConfigs, masters, pods} = network
  return [
    toYaml(object).trimEnd(),
    ...Object.entries(nodeConfigs).map(([node, text]) => `${page.style.bold(`On ${node}`)}\n${text.trim()}`),
    sayWords(network, page),
    table(['node', 'sits on', 'network', 'address', 'mtu'], masters.map(masterRow)),
    pods.length === 0
      ? 'No pod uses it.'
      : table(
          ['pod', 'namespace', 'node', 'interface', 'addresses'],
          pods.map(({pod, namespace, node, interface: name, ips}) => [
            pod,
            namespace,
            node,
            name,
            ips.join(' ') || '-',
          ]),
        ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function sayWords({words, fault, ranges, addresses}: ShownNetwork, {width, style}: Page): string {
  if (!words) return style.red(`It cannot be read: ${fault}`)
  const use = addresses && `${useText(addresses.used)} used, ${useText(addresses.free)} free`
  const rows: readonly (readonly [string, string])[] = [
    ['type', words.type],
    ['pods', words.pods],
    ['node', words.node],
    ['addresses', words.addresses],
    ...ranges.map((range) => ['range', range] as const),
    ...(use ? ([['in use', use]] as const) : []),
  ]
  return rows.map(([label, text]) => hang(`${label.padEnd(9)}  `, wrap(text, width - 11))).join('\n')
}

function masterRow({node, interface: name, nic}: NodeMaster): readonly string[] {
  return [node, name, nic?.network ?? '-', nic?.address ?? '-', nic ? `${nic.mtu}` : '-']
}
