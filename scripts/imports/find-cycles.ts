import type {SourceFile} from './read-imports.ts'

/**
 * Cycles among imports that load code (types are erased, so they close none). Each is a list of paths that ends where it
 * began, and each file is reported in at most one.
 */
export function findCycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const graph = new Map(
    files.map(({path, imports}) => [
      path,
      imports.filter((one) => one.kind === 'file' && !one.typeOnly).map(({to}) => to),
    ]),
  )
  const done = new Set<string>()
  const cycles: string[][] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path)
    if (seenAt !== -1) cycles.push([...trail.slice(seenAt), path])
    if (seenAt !== -1 || done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}
