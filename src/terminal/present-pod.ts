import type {ShownPod} from '../run/queries/show-pod.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'

/** A pod with its interfaces: as reported, as they are inside where that was looked at, and where the two differ. */
export function presentPod(shown: ShownPod, {style}: Page): string {
  const {namespace, pod, node, phase, ready, requested, interfaces, inside, notes = [], differences, unseen} = shown
  const state = ready ? style.green('Ready') : style.yellow('not Ready')
  const asks = requested === '' ? 'no networks' : requested
  return [
    [`${style.bold(`${namespace}/${pod}`)} on ${node || 'no node yet'}: ${phase}, ${state}`, `asks for: ${asks}`].join(
      '\n',
    ),
    interfaces.length === 0 ? style.yellow('Multus has reported no interfaces yet') : reportedTable(interfaces),
    ...(inside ? [`${style.bold('Inside the pod')}\n${insideTable(inside)}`] : []),
    ...(unseen === undefined ? [] : [style.yellow(`It could not be looked into: ${unseen}`)]),
    ...(notes.length > 0 ? [notes.map((note) => `Note: ${note}`).join('\n')] : []),
    ...(differences ? [differencesText(differences, style)] : []),
  ].join('\n\n')
}

function reportedTable(interfaces: ShownPod['interfaces']): string {
  const rows = interfaces.map((one) => [one.interface || '-', one.network, one.ips.join(', ') || '-', one.mac || '-'])
  return table(['interface', 'network', 'ip', 'mac'], rows)
}

function insideTable(inside: NonNullable<ShownPod['inside']>): string {
  const rows = inside.map((one) => [
    one.interface,
    one.up ? 'up' : 'down',
    one.addresses.join(', ') || '-',
    one.mac ?? '-',
    String(one.mtu),
    one.routes.join(', ') || '-',
  ])
  return table(['interface', 'state', 'ip', 'mac', 'mtu', 'routes'], rows)
}

function differencesText(differences: readonly string[], style: Page['style']): string {
  if (differences.length === 0) return style.green('The pod is as network-status says')
  return [style.red('The pod is not as network-status says'), ...differences.map((one) => `  - ${one}`)].join('\n')
}
