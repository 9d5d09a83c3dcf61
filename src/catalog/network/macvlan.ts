import type {Finding} from '../../problem.ts'
import {mtuFindings} from './mtu-findings.ts'
import type {NetworkOption, NetworkOptions} from './network-option.ts'

const modes = ['bridge', 'private', 'vepa', 'passthru'] as const

export const macvlan = {
  title: 'macvlan',
  summary:
    "pods get their own MAC address on a node's NIC: one layer 2 over all nodes; a pod cannot reach its own node's address on it",
  plugins: ['macvlan'],
  spansNodes: true,
  hasMaster: true,
  modes,
  toConfig: ({master, mode, mtu}) => ({
    type: 'macvlan',
    ...(master !== undefined && {master}),
    mode: mode ?? 'bridge',
    ...(mtu !== undefined && {mtu}),
  }),
  lint: macvlanFindings,
} as const satisfies NetworkOption

function macvlanFindings({master, mode, mtu}: NetworkOptions): readonly Finding[] {
  const findings: Finding[] = [...mtuFindings(mtu)]
  if (master === undefined || master === '') {
    // The plugin would take the NIC of the default route: the cluster's own network.
    findings.push({
      at: '--master',
      message: 'macvlan needs a master',
      fix: 'Name an extra network of the cluster or a NIC of the nodes',
    })
  }
  if (mode !== undefined && !modes.some((known) => known === mode)) {
    findings.push({at: '--mode', message: `macvlan has no mode '${mode}'`, fix: `Use one of: ${modes.join(', ')}`})
  }
  return findings
}
