import type {ClusterStatus, StatusProblem} from '../run/queries/cluster-status.ts'
import {countText} from './amounts.ts'
import {counts} from './present-checks.ts'
import {presentNetworks} from './present-networks.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {table} from './table.ts'
import {hang, wrap} from './wrap.ts'

/** A cluster as a person reads it: what is wrong first, then what it is, its nodes and their NICs, its networks. */
export function presentStatus(status: ClusterStatus, page: Page): string {
  const {problems, checks, nodes, networks} = status
  return [
    ...problems.map((problem) => presentTrouble(problem, page)),
    [page.style.bold(headline(status)), ...factLines(status)].join('\n'),
    table(['node', 'role', 'state', 'address', 'nics'], nodes.map(nodeRow)),
    ...(networks.length > 0 ? [presentNetworks(networks)] : []),
    ...(checks.length > 0 ? [`Checks: ${counts(checks)}`] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function headline({cluster, problems, listed}: ClusterStatus): string {
  const state = listed ? `, ${listed.state}` : ''
  return `${cluster}: ${problems.length === 0 ? 'no problems' : countText(problems.length, 'problem')}${state}`
}

function factLines({record}: ClusterStatus): readonly string[] {
  if (!record) return []
  const {kubernetes, cni, cniVersion, multus, podSubnet, serviceSubnet} = record
  return [
    `  Kubernetes ${kubernetes}, ${cni} ${cniVersion}, Multus ${multus}`,
    `  pods ${podSubnet}, services ${serviceSubnet}`,
  ]
}

function nodeRow({name, role, ready, address, nics}: ClusterStatus['nodes'][number]): readonly string[] {
  const list = nics.map((nic) => `${nic.interface} ${nic.address} (${nic.network})`)
  return [name, role, ready ? 'Ready' : 'NotReady', address, list.join(', ') || '-']
}

function presentTrouble({what, cause, fix}: StatusProblem, {width, style}: Page): string {
  const room = width - 8
  const [first = '', ...rest] = wrap(`Problem: ${what}`, width)
  return [
    [style.red(first), ...rest].join('\n'),
    ...(cause ? [hang('  why   ', wrap(cause, room))] : []),
    ...(fix ? [hang('  try   ', suggestionLines(fix, room))] : []),
  ].join('\n')
}
