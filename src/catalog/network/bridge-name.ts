/**
 * The name of the bridge on the nodes: `br-<network>`, at most 15 characters as Linux asks, or fewer where the plugin puts something behind it.
 * A longer one is cut and told apart by a hash.
 */
export function bridgeName(network: string, longest = 15): string {
  const plain = `br-${network}`
  return plain.length <= longest ? plain : `br-${network.slice(0, longest - 8)}-${shortHash(network)}`
}

/** FNV-1a folded to 16 bits, four hex digits. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash >>> 16) ^ (hash & 0xffff)).toString(16).padStart(4, '0')
}
