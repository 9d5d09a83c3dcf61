/**
 * Runs a script of ours in a fresh clone: `node scripts/setup.mjs scripts/demo.ts [ARG…]`. First it installs what the lock
 * file says, when that is not there yet. Plain JavaScript and Node's own modules, because nothing is there yet.
 */
import {spawn, spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

const root = join(import.meta.dirname, '..')

setUp()
const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {cwd: root, stdio: 'inherit'})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) stop(`Node 20.19 or newer is needed; this is ${process.version}`)
  if (isInstalled()) return
  const {status} = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {cwd: root, stdio: 'inherit'})
  if (status !== 0) stop('could not install packages: see above')
}

/** Whether node_modules holds what package-lock.json asks for; npm notes what it installed in a lock file of its own. */
function isInstalled() {
  const noted = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(noted)) return false
  const installed = packagesIn(noted)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([path, {version, optional}]) =>
      path === '' || (path in installed ? installed[path].version === version : optional),
  )
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
