import {readdir, readFile} from 'node:fs/promises'
import {join, posix, relative} from 'node:path'
import {parseSync} from 'rolldown/utils'

/** One import of one file. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string
  /** What it names: a path relative to the repository for files of ours, else the specifier as written. */
  readonly to: string
  readonly kind: 'file' | 'node' | 'package'
  /** Erased when compiled: it loads nothing. */
  readonly typeOnly: boolean
  /** Loaded when reached, by `import()`. */
  readonly dynamic: boolean
}

/** A file of src and its imports. */
export interface SourceFile {
  readonly path: string
  readonly imports: readonly Import[]
}

/** Every TypeScript file below src of the repository at `root`, with its imports, exports-from and `import()` calls. */
export async function readImports(root: string): Promise<readonly SourceFile[]> {
  const names = (await readdir(join(root, 'src'), {recursive: true})).filter((name) => name.endsWith('.ts')).toSorted()
  return Promise.all(names.map((name) => readSource(root, join(root, 'src', name))))
}

async function readSource(root: string, file: string): Promise<SourceFile> {
  const path = relative(root, file)
  const text = await readFile(file, 'utf8')
  const {module, errors} = parseSync(file, text, {sourceType: 'module'})
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const isType = (entries: readonly {readonly isType: boolean}[]) =>
    entries.length > 0 && entries.every((entry) => entry.isType)
  const found = [
    ...module.staticImports.map(({moduleRequest, entries}) => ({
      target: moduleRequest.value,
      typeOnly: isType(entries),
      dynamic: false,
    })),
    ...module.staticExports.flatMap(({entries}) =>
      entries.flatMap(({moduleRequest, isType: typeOnly}) =>
        moduleRequest ? [{target: moduleRequest.value, typeOnly, dynamic: false}] : [],
      ),
    ),
    ...module.dynamicImports.map(({moduleRequest}) => ({
      target: text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/^['"`]|['"`]$/g, ''),
      typeOnly: false,
      dynamic: true,
    })),
  ]
  return {path, imports: found.map(({target, ...how}) => ({from: path, ...resolve(path, target), ...how}))}
}

function resolve(from: string, target: string): Pick<Import, 'to' | 'kind'> {
  if (target.startsWith('.')) return {to: posix.normalize(posix.join(posix.dirname(from), target)), kind: 'file'}
  if (target.startsWith('node:')) return {to: target, kind: 'node'}
  return {to: target, kind: 'package'}
}
