import {type ChildProcess, spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {labFolder, type LabOutcome, outcomeOf} from './lab-run.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'toy-engine-'))
  mkdirSync(join(folder, 'bin'))
  program('dockerd', daemon)
  program('docker', `[ -e "${folder}/answers" ]`)
  // Neither may touch this machine; what they would do is no part of these tests.
  for (const name of ['sysctl', 'modprobe', 'iptables', 'ip', 'apt-get']) program(name, 'exit 0')
})
afterEach(async () => {
  await engine('stop')
  rmSync(folder, {recursive: true, force: true})
})

/** Notes its start, writes the pid file it is given, answers after a moment, and until TERM. */
const daemon = `
while [ $# -gt 0 ]; do [ "$1" != --pidfile ] || pidfile="$2"; shift; done
trap 'rm -f "$TOY/answers" "$pidfile"; kill $!; exit 0' TERM
echo $$ >"$pidfile"
echo started >>"$TOY/starts"
sleep 0.3
touch "$TOY/answers"
sleep 60 &
wait`

test('an engine that answers is left alone', async () => {
  writeFileSync(join(folder, 'answers'), '')
  expect(await engine('start')).toMatchObject({status: 0, stdout: ''})
  expect(starts()).toBe(0)
})

test('start returns when the engine answers', async () => {
  expect(await engine('start')).toMatchObject({status: 0, stdout: ''})
  expect(existsSync(join(folder, 'answers'))).toBe(true)
  expect((await engine('status')).stderr).toContain('started by this command')
})

test('two starts at once make one engine', async () => {
  const outcomes = await Promise.all([engine('start'), engine('start')])
  expect(outcomes.map(({status}) => status)).toEqual([0, 0])
  expect(starts()).toBe(1)
})

test('the lock is free while the engine runs', async () => {
  await engine('start')
  rmSync(join(folder, 'answers'))
  setTimeout(() => writeFileSync(join(folder, 'answers'), ''), 300)
  expect(await engine('start')).toMatchObject({status: 0})
  expect(starts()).toBe(1)
})

test('an engine that ends at once is reported with what it said, not waited for', async () => {
  program('dockerd', 'echo the cause >&2; exit 1')
  const {status, stderr} = await engine('start')
  expect(status).toBe(1)
  expect(stderr).toContain('the cause')
  expect(stderr).toMatch(/dockerd has ended; all it said: .*dockerd.log/)
})

test('stop ends the engine that was started, and a second stop has nothing to do', async () => {
  await engine('start')
  expect((await engine('stop')).stderr).toContain('engine: stopped')
  expect(existsSync(join(folder, 'answers'))).toBe(false)
  expect(await engine('stop')).toMatchObject({status: 0, stderr: expect.stringContaining('none was started')})
})

test('stop leaves a process alone that only has the number of the pid file', async () => {
  const other = spawn('sleep', ['60'])
  mkdirSync(join(folder, 'run'))
  writeFileSync(join(folder, 'run/dockerd.pid'), `${other.pid}\n`)
  expect((await engine('stop')).stderr).toContain('none was started')
  expect(other.exitCode ?? other.signalCode).toBeNull()
  other.kill()
})

test('an engine elsewhere that does not answer is not replaced by one here', async () => {
  const {status, stderr} = await engine('start', {DOCKER_HOST: 'tcp://127.0.0.1:1'})
  expect(status).toBe(1)
  expect(stderr).toContain('no engine answers at DOCKER_HOST=tcp://127.0.0.1:1')
})

test('the runc wrapper is the default runtime exactly where CAP_SYS_RESOURCE is missing', async () => {
  await engine('start')
  const bounding = BigInt(`0x${/^CapBnd:\t(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]}`)
  const configuration = JSON.parse(readFileSync(join(folder, 'run/daemon.json'), 'utf8'))
  const hasCapability = ((bounding >> 24n) & 1n) === 1n
  expect(configuration['default-runtime']).toBe(hasCapability ? undefined : 'lab')
})

function engine(verb: string, more: NodeJS.ProcessEnv = {}): Promise<LabOutcome> {
  const {DOCKER_HOST: _, ...rest} = process.env
  const env = {
    ...rest,
    PATH: `${join(folder, 'bin')}:${rest['PATH']}`,
    TOY: folder,
    K8S_LOCAL_LAB_CACHE: join(folder, 'cache'),
    LAB_ENGINE_RUN: join(folder, 'run'),
    ...more,
  }
  const child: ChildProcess = spawn('bash', [join(labFolder, 'engine'), verb], {env})
  return outcomeOf(child)
}

function program(name: string, text: string): void {
  const path = join(folder, 'bin', name)
  writeFileSync(path, `#!/bin/bash\n${text}\n`)
  chmodSync(path, 0o755)
}

function starts(): number {
  const path = join(folder, 'starts')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0
}
