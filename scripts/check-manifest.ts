/** Fails when oclif.manifest.json is not what the commands in src make, so that help and flags in the repository are true. */
import {spawnSync} from 'node:child_process'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

const root = join(import.meta.dirname, '..')
const file = join(root, 'oclif.manifest.json')
const committed = await readFile(file, 'utf8').catch(() => '')
const {status} = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {cwd: root, stdio: 'inherit'})
if (status !== 0) process.exitCode = 1
else if (committed !== (await readFile(file, 'utf8'))) {
  await writeFile(file, committed)
  console.error('oclif.manifest.json is out of date: run `npm run build` and commit it')
  process.exitCode = 1
}
