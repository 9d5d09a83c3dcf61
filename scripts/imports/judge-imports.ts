import {builtinModules} from 'node:module'
import {findCycles} from './find-cycles.ts'
import {homes, layerOf, layers} from './law.ts'
import type {Import, SourceFile} from './read-imports.ts'

/** Every breach of the import law, one sentence each, in the order of the files. */
export function judgeImports(files: readonly SourceFile[]): readonly string[] {
  const breaches = files.flatMap(({path, imports}) => {
    if (!layerOf(path)) return [`${path}: no layer is named so; scripts/imports/law.ts holds the layers`]
    return [...new Set(imports.flatMap(judgeImport))].map((fault) => `${path}: ${fault}`)
  })
  return [...breaches, ...findCycles(files).map((cycle) => `import cycle: ${cycle.join(' → ')}`)]
}

function judgeImport(one: Import): readonly string[] {
  if (one.kind === 'file') return judgeFile(one)
  if (one.kind === 'node') return judgeBuiltin(one)
  return builtinModules.includes(one.to) ? [`write node:${one.to} for ${one.to}`] : judgePackage(one)
}

function judgeFile({from, to, typeOnly}: Import): readonly string[] {
  if (!to.endsWith('.ts') && !to.endsWith('.json')) return [`${to} is imported without its .ts`]
  // Name and version; the bundler takes in only the members that are read.
  if (from === 'src/cli.ts' && to === 'package.json') return []
  const fromLayer = layerOf(from)
  const toLayer = to.startsWith('src/') ? layerOf(to) : undefined
  if (!fromLayer || !toLayer) return [`${to} lies outside the layers of src`]
  if (fromLayer === toLayer || layers[fromLayer].imports.includes(toLayer)) return []
  if (!layers[fromLayer].types?.includes(toLayer)) return [`${fromLayer} must not import ${toLayer} (${to})`]
  return typeOnly ? [] : [`${fromLayer} may take only types from ${toLayer}: import type (${to})`]
}

function judgeBuiltin({from, to, typeOnly}: Import): readonly string[] {
  const layer = layerOf(from)
  const allowed = layer ? layers[layer].node : []
  if (typeOnly || allowed === 'all' || allowed.includes(to.slice('node:'.length))) return []
  return [`${layer} must not use ${to}: effects live in drivers`]
}

function judgePackage({from, to}: Import): readonly string[] {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to
  const home = homes[name]
  if (!home) return [`${name} has no home in scripts/imports/law.ts`]
  return home.some((place) => (place.endsWith('/') ? from.startsWith(place) : from === place))
    ? []
    : [`${name} lives in ${home.join(', ')} and nowhere else`]
}
