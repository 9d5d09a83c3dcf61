/**
 * Builds dist and oclif.manifest.json: `npm run build`. With `--if-stale` it does nothing when no input has changed since.
 * It builds beside dist and swaps at the end, so that a failed build leaves the last good one in place.
 */
import {existsSync} from 'node:fs'
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fingerprint} from './build/fingerprint.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
/** What dist was built from and what is in it. */
const record = join(root, '.cache/build.json')

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const stamp = await fingerprint(root, [
    'src',
    'scripts/build',
    'scripts/build.ts',
    'package.json',
    'package-lock.json',
  ])
  if (process.argv.includes('--if-stale') && existsSync(dist) && stamp === (await lastStamp())) return
  await build(stamp)
}

async function build(stamp: string): Promise<void> {
  const started = performance.now()
  const {bundle, commandManifest, thirdPartyLicenses} = await import('./build/all.ts')
  const staging = join(root, '.cache', `build-${process.pid}`)
  await mkdir(staging, {recursive: true})
  try {
    const {packages, chunks} = await bundle(root, join(staging, 'dist'))
    await writeFile(join(staging, 'dist', 'package.json'), '{"type":"commonjs"}\n')
    await writeFile(join(staging, 'dist', 'THIRD-PARTY-LICENSES'), await thirdPartyLicenses(packages))
    const manifest = await commandManifest(root, staging)
    await swapInto(join(staging, 'dist'), join(staging, 'previous'))
    await writeFile(join(root, 'oclif.manifest.json'), manifest)
    await writeFile(record, JSON.stringify({stamp, chunks}, undefined, 2))
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const bytes = Object.values(chunks).reduce((sum, chunk) => sum + chunk.bytes, 0)
    console.log(`dist: ${Math.round(bytes / 1024)} KB from src and ${packages.length} packages, in ${seconds} s`)
  } finally {
    await rm(staging, {recursive: true, force: true})
  }
}

async function lastStamp(): Promise<string | undefined> {
  const text = await readFile(record, 'utf8').catch(() => '{}')
  return (JSON.parse(text) as {stamp?: string}).stamp
}

async function swapInto(fresh: string, previous: string): Promise<void> {
  await rename(dist, previous).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rename(fresh, dist)
}
