import type {Tree} from '../../tree.ts'
import type {Found, Rule} from '../rule.ts'

export const duplicateKey: Rule = {
  code: 'KL-L102',
  title: 'A key is given twice',
  severity: 'warn',
  why: "Of two equal keys Go's JSON reader, and so Multus and every plugin, keeps the last one without a word.",
  fix: 'Remove the one that is not meant',
  *network({config}) {
    if (config?.root) yield* duplicatesIn(config.root)
  },
  *request({attachments}) {
    for (const {tree} of attachments) if (tree) yield* duplicatesIn(tree)
  },
}

function* duplicatesIn(tree: Tree): Iterable<Found> {
  if (tree.kind === 'list') for (const item of tree.items) yield* duplicatesIn(item)
  if (tree.kind !== 'map') return
  const seen = new Set<string>()
  for (const {key, at, value} of tree.entries) {
    if (seen.has(key)) yield {at, message: `"${key}" is given twice: the last one counts`, fix: 'Remove one of them'}
    seen.add(key)
    if (value.kind !== 'text' && value.kind !== 'value') yield* duplicatesIn(value)
  }
}
