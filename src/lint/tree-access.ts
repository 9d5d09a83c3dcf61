import type {Span, TextLeaf, Tree, TreeEntry, TreeList, TreeMap} from '../tree.ts'

export function entryOf(tree: Tree | undefined, key: string): TreeEntry | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key) : undefined
}

/** The tree at a path of keys. */
export function treeAt(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let here = tree
  for (const key of path) here = entryOf(here, key)?.value
  return here
}

export function mapAt(tree: Tree | undefined, ...path: readonly string[]): TreeMap | undefined {
  const found = treeAt(tree, ...path)
  return found?.kind === 'map' ? found : undefined
}

export function listAt(tree: Tree | undefined, ...path: readonly string[]): TreeList | undefined {
  const found = treeAt(tree, ...path)
  return found?.kind === 'list' ? found : undefined
}

export function leafAt(tree: Tree | undefined, ...path: readonly string[]): TextLeaf | undefined {
  const found = treeAt(tree, ...path)
  return found?.kind === 'text' ? found : undefined
}

export function textAt(tree: Tree | undefined, ...path: readonly string[]): string | undefined {
  return leafAt(tree, ...path)?.value
}

export function isTrue(tree: Tree | undefined): boolean {
  return tree?.kind === 'value' && tree.value === true
}

export function numberAt(tree: Tree | undefined, ...path: readonly string[]): number | undefined {
  const found = treeAt(tree, ...path)
  return found?.kind === 'value' && typeof found.value === 'number' ? found.value : undefined
}

/** The first character: where a finding about a whole map or list points. */
export function startOf({start}: Span): Span {
  return {start, end: start + 1}
}

/** What a value is called in a message. */
export function kindOf(tree: Tree): string {
  if (tree.kind === 'map') return 'an object'
  if (tree.kind === 'list') return 'a list'
  if (tree.kind === 'text') return `the text ${JSON.stringify(tree.value)}`
  return tree.value === null ? 'nothing' : String(tree.value)
}
