import {nearestName} from '../../spec/nearest-name.ts'
import {editIn} from '../edits.ts'
import type {Rule} from '../rule.ts'
import {sameName} from '../spelling.ts'
import {entryOf} from '../tree-access.ts'

/** multus v4.3.0 pkg/types/types.go; ipam-claim-reference is read by OVN-Kubernetes (network-attachment-definition-client v1.7). */
const known = [
  'name',
  'namespace',
  'interface',
  'interfaceRequest',
  'ips',
  'mac',
  'infiniband-guid',
  'bandwidth',
  'portMappings',
  'default-route',
  'cni-args',
  'deviceID',
  'ipam-claim-reference',
]

export const attachmentKey: Rule = {
  code: 'KL-L502',
  title: 'A key of the annotation is not one that Multus reads',
  severity: 'warn',
  why: 'Multus passes over keys it does not know without a word (multus v4.3.0 pkg/types/types.go).',
  fix: 'Mind the spelling',
  *request({attachments, host}) {
    for (const {tree} of attachments) {
      for (const {key, at} of tree?.entries ?? []) {
        if (known.includes(key)) continue
        const alike = known.find((name) => sameName(name, key))
        const near = alike ?? nearestName(key, known)
        yield {
          at,
          message: `Multus does not know '${key}': it is passed over`,
          fix: near === undefined ? `Known are ${known.join(', ')}` : `Write "${near}"`,
          ...(alike !== undefined && !entryOf(tree, alike) && {edit: editIn(host, at, JSON.stringify(alike))}),
        }
      }
    }
  },
}
