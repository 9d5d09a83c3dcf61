import type {Rule} from '../rule.ts'
import {entryOf, kindOf, listAt, startOf, treeAt} from '../tree-access.ts'

export const configShape: Rule = {
  code: 'KL-L103',
  title: 'The configuration names no plugin',
  severity: 'error',
  why: 'A configuration has either "type" or a list "plugins" that is not empty, and each plugin has a "type"; without, every pod fails (multus v4.3.0 pkg/types/conf.go, libcni).',
  fix: 'Name the plugin: "type": "macvlan"',
  *network({config}) {
    const root = config?.root
    if (!root) return
    const start = startOf(root)
    const list = entryOf(root, 'plugins')
    const type = entryOf(root, 'type')
    if (!list) {
      if (!type)
        yield {
          at: start,
          message: 'the configuration has neither "type" nor "plugins"',
          fix: 'Add "type": "macvlan", or the plugin that is meant',
        }
      else if (type.value.kind !== 'text' || type.value.value === '')
        yield {
          at: type.value,
          message: `"type" is ${kindOf(type.value)} and must be the name of a plugin`,
          fix: 'Name the plugin',
        }
      return
    }
    if (type)
      yield {
        at: type.at,
        message: 'the configuration has both "type" and "plugins"',
        fix: 'Move "type" and its keys into an element of "plugins"',
      }
    const items = listAt(root, 'plugins')?.items
    if (!items)
      yield {
        at: list.value,
        message: `"plugins" is ${kindOf(list.value)} and must be a list`,
        fix: 'Put [ and ] around it',
      }
    else if (items.length === 0)
      yield {at: list.value, message: '"plugins" is an empty list', fix: 'Put a plugin into it'}
    for (const [index, item] of (items ?? []).entries()) {
      const own = treeAt(item, 'type')
      if (own?.kind !== 'text' || own.value === '')
        yield {
          at: startOf(item),
          message: `plugin ${index + 1} has no "type"`,
          fix: 'Add "type"',
        }
    }
  },
}
