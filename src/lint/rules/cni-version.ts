import {editIn, insertMember} from '../edits.ts'
import {nearestName} from '../../spec/nearest-name.ts'
import type {Rule} from '../rule.ts'
import {entryOf, kindOf, startOf} from '../tree-access.ts'

/** What the plugins of today understand (containernetworking/cni pkg/version). */
const known = ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0']

export const cniVersion: Rule = {
  code: 'KL-L104',
  title: 'cniVersion is missing or not known',
  severity: 'error',
  why: 'Plugins refuse a version they do not know ("incompatible CNI versions"). Without one 0.1.0 counts, whose results name neither interface nor MAC address, so that network-status is incomplete (libcni pkg/version/plugin.go; seen in multus-cni #1087).',
  fix: 'Use 0.3.1, 0.4.0 or 1.0.0',
  *network({config, source}) {
    const root = config?.root
    if (!root || (!entryOf(root, 'type') && !entryOf(root, 'plugins'))) return
    const version = entryOf(root, 'cniVersion')
    if (!version) {
      yield {
        at: startOf(root),
        severity: 'warn',
        message: 'cniVersion is missing, and 0.1.0 counts, which reports neither interface nor MAC address',
        fix: 'Add "cniVersion": "0.3.1"',
        edit: insertMember(source.text, config.host, root, '"cniVersion": "0.3.1"'),
      }
      return
    }
    const {value} = version
    if (value.kind === 'text' && known.includes(value.value)) return
    const text = value.kind === 'text' ? value.value : String(value.kind === 'value' ? value.value : '')
    // 0.3 is 0.3.1 and 1.0 is 1.0.0: what else could be meant is not certain enough to be written.
    const meant = {'0.3': '0.3.1', '0.4': '0.4.0', '1.0': '1.0.0', '1': '1.0.0', '1.1': '1.1.0'}[text]
    const near = meant ?? nearestName(text, known)
    yield {
      at: value,
      message: `cniVersion is ${kindOf(value)}, which no plugin knows`,
      fix: `Use ${near === undefined ? '' : `"${near}"; known are `}${known.slice(2).join(', ')}`,
      ...(meant !== undefined && value.kind !== 'map' && {edit: editIn(config.host, value, JSON.stringify(meant))}),
    }
  },
}
