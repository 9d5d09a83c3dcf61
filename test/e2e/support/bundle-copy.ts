import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Home} from './home.ts'

/** A copy of a bundle with its index rewritten: the files are links, so it costs nothing. Returns its folder. */
export function copyBundle(from: string, home: Home, rewrite: (index: string) => string): string {
  const folder = join(home.directory, `bundle-${readdirSync(home.directory).length}`)
  mkdirSync(folder)
  for (const name of readdirSync(from).filter((one) => one !== 'bundle.yaml'))
    symlinkSync(join(from, name), join(folder, name))
  const index = readFileSync(join(from, 'bundle.yaml'), 'utf8')
  const rewritten = rewrite(index)
  if (rewritten === index)
    throw new Error('the bundle was not changed: its index has another shape than this test knows')
  writeFileSync(join(folder, 'bundle.yaml'), rewritten)
  return folder
}

/** The index without one artifact. */
export function without(name: string): (index: string) => string {
  return (index) => index.replace(new RegExp(`^  - name: ${name}\\n(?:    .*\\n)*`, 'm'), '')
}

/** The index with another checksum for one artifact. */
export function withWrongChecksum(name: string): (index: string) => string {
  return (index) =>
    index.replace(
      new RegExp(`(^  - name: ${name}\\n(?:    .*\\n)*?    sha256: )[0-9a-f]{64}`, 'm'),
      `$1${'a'.repeat(64)}`,
    )
}
