import type {TextLeaf} from '../../tree.ts'
import type {Rule} from '../rule.ts'
import type {Edit, Network} from '../scene.ts'
import {leafAt, startOf} from '../tree-access.ts'

export const shallowText: Rule = {
  code: 'KL-L002',
  title: 'Lines of a quoted text stand no deeper than its key',
  severity: 'warn',
  why: "YAML 1.2 asks that they do (chapter 7.3). kubectl reads them all the same; strict parsers, such as JavaScript's yaml and js-yaml 5, refuse the file (eemeli/yaml #176).",
  fix: 'Write the configuration as a block: config: |-, and the JSON below it, indented',
  *network(network) {
    const host = leafAt(network.tree, 'spec', 'config')
    if (!host?.shallow) return
    const edit = blockEdit(network, host)
    yield {
      at: startOf(host),
      message: 'lines of the quoted configuration stand no deeper than its key, which strict YAML parsers refuse',
      fix: 'Write it as a block: config: |-',
      ...(edit && {edit}),
    }
  },
}

/** The same lines as a literal block, two columns deeper than the key. Only for single quotes without a quote inside: nothing has to be decoded then. */
function blockEdit({source: {text}, tree}: Network, host: TextLeaf): Edit | undefined {
  const key = tree.entries.find(({key: name}) => name === 'spec')?.value
  const at = key?.kind === 'map' ? key.entries.find(({key: name}) => name === 'config')?.at.start : undefined
  const inner = text.slice(host.start + 1, host.end - 1)
  if (at === undefined || host.style !== 'single' || inner.includes("'") || inner.includes('\t')) return undefined
  const column = at - (text.lastIndexOf('\n', at) + 1)
  const lines = inner.split(/\r?\n/).map((line) => line.trimEnd())
  const [first = '', ...rest] = lines
  const shift = Math.min(...rest.filter((line) => line !== '').map((line) => line.length - line.trimStart().length))
  const margin = ' '.repeat(column + 2)
  const block = [first.trimStart(), ...rest.map((line) => line.slice(shift))].filter(
    (line, index, all) => line !== '' || (index > 0 && index < all.length - 1),
  )
  return {span: host, text: ['|-', ...block.map((line) => (line === '' ? '' : margin + line))].join('\n')}
}
