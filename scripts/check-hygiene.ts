/** Finds in tracked files what must not be there: `node --import tsx scripts/check-hygiene.ts [ROOT]`. Exit 1 on any finding. */
import {execFileSync} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {judgeFile} from './hygiene/judge-file.ts'
import {machinePaths} from './hygiene/machine-paths.ts'
import {registryHosts} from './hygiene/registry-hosts.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const hosts = await registryHosts()
const paths = machinePaths(root)
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const findings: string[] = []
const warnings: string[] = []
for (const path of tracked.split('\0').filter(Boolean)) {
  const text = await readFile(join(root, path), 'utf8').catch(() => '')
  const judged = judgeFile({path, text}, {hosts, paths})
  findings.push(...judged.findings)
  warnings.push(...judged.warnings)
}
for (const warning of warnings) console.log(`warning: ${warning}`)
for (const finding of findings) console.error(finding)
console.log(`${findings.length} findings; looked for ${hosts.length} registry hosts and ${paths.length} machine paths`)
process.exitCode = findings.length === 0 ? 0 : 1
