import type {Finding} from '../../problem.ts'
import {mtuFindings} from './mtu-findings.ts'
import type {NetworkOption, NetworkOptions} from './network-option.ts'

export const bridge = {
  title: 'bridge',
  summary: 'a Linux bridge inside each node: reaches pods of the same node and the node itself, never another node',
  plugins: ['bridge'],
  spansNodes: false,
  hasMaster: false,
  modes: [],
  toConfig: ({name, mtu}) => ({
    type: 'bridge',
    bridge: bridgeName(name),
    // The node gets the gateway address, so that pods and node reach each other. Neither a default route nor NAT: the pod's
    // own way out stays the primary network.
    isGateway: true,
    isDefaultGateway: false,
    ipMasq: false,
    ...(mtu !== undefined && {mtu}),
  }),
  lint: bridgeFindings,
} as const satisfies NetworkOption

/** The name of the bridge on the nodes: `br-<network>`, at most 15 characters as Linux asks. A longer one is cut and told apart by a hash. */
export function bridgeName(network: string): string {
  const plain = `br-${network}`
  return plain.length <= 15 ? plain : `br-${network.slice(0, 7)}-${shortHash(network)}`
}

function bridgeFindings({master, mode, mtu}: NetworkOptions): readonly Finding[] {
  const findings: Finding[] = [...mtuFindings(mtu)]
  if (master !== undefined) {
    findings.push({
      at: '--master',
      message: 'a bridge network has no master',
      fix: 'Leave --master out, or add a macvlan network',
    })
  }
  if (mode !== undefined)
    findings.push({at: '--mode', message: 'a bridge network has no modes', fix: 'Leave --mode out'})
  return findings
}

/** FNV-1a folded to 16 bits, four hex digits. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash >>> 16) ^ (hash & 0xffff)).toString(16).padStart(4, '0')
}
