import {editIn} from '../edits.ts'
import type {Rule} from '../rule.ts'
import {kindOf, startOf, treeAt} from '../tree-access.ts'

export const configJson: Rule = {
  code: 'KL-L101',
  title: 'The configuration is no JSON object',
  severity: 'error',
  why: 'Multus parses spec.config as JSON when a pod starts; the pod then stays in ContainerCreating. The API server does not look into it (multus-cni #372, #731).',
  fix: 'Make spec.config a text that holds one JSON object, without comments and without a comma behind the last element',
  *network({tree, config}) {
    const written = treeAt(tree, 'spec', 'config')
    if (written && written.kind !== 'text' && !(written.kind === 'value' && written.value === null)) {
      yield {
        at: startOf(written),
        message: `spec.config is ${kindOf(written)} and must be a text that holds JSON`,
        fix: 'Write config: |- and the JSON below it, indented',
      }
    }
    if (!config) return
    for (const {start, end, message, replacement} of config.faults) {
      yield {
        at: {start, end},
        message: `the configuration is not JSON: ${message}`,
        fix: replacement === '' ? 'Remove it' : 'Mend it at this place',
        ...(replacement !== undefined && {edit: editIn(config.host, {start, end}, replacement)}),
      }
    }
    if (config.faults.length === 0 && !config.root)
      yield {at: config.host, message: 'the configuration is JSON, but no object', fix: 'Put { and } around it'}
  },
}
