import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {type LabRun, type ToyLab, toyLab} from './lab-run.ts'

let lab: ToyLab
beforeEach(() => {
  lab = toyLab()
})
afterEach(() => lab.remove())

/** Writes half of its product, says so, and goes on when the test allows it. Ends with the test's folder, also where the test failed before it did. */
const patient = `build() {
  echo built >>"$TOY/counts"
  echo half >"$out/text"
  echo $BASHPID >"$TOY/half.tmp" && mv "$TOY/half.tmp" "$TOY/half"
  until [ -e "$TOY/go" ]; do
    if [ ! -d "$TOY" ] || ((SECONDS > 60)); then exit 1; fi
    sleep 0.02
  done
  echo whole >"$out/text"
}
`
const stored = (): readonly string[] => readdirSync(join(lab.cache, 'store'))
const groupOf = (run: LabRun): number => -(run.child.pid ?? 0)

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

test('when all of it is killed, no half product stays, and the next run makes a whole one', async () => {
  lab.recipe('one', patient)
  const run = lab.start()
  const job = Number(await lab.appears('half'))
  process.kill(groupOf(run), 'SIGKILL')
  process.kill(-job, 'SIGKILL')
  await run.ended
  expect(stored()).toEqual([])
  lab.go()
  expect(await lab.start().ended).toMatchObject({status: 0})
  expect(readFileSync(join(lab.cache, 'store', stored()[0] ?? '', 'text'), 'utf8')).toBe('whole\n')
  expect(lab.counted('built')).toBe(2)
})

test('when only the run is killed, the next one waits for the job that goes on, and takes its product', async () => {
  lab.recipe('one', patient)
  const run = lab.start()
  await lab.appears('half')
  run.child.kill('SIGKILL')
  await run.ended
  const next = lab.start()
  await new Promise((resolve) => next.child.stderr?.once('data', resolve))
  lab.go()
  const {status, stderr} = await next.ended
  expect(status).toBe(0)
  expect(stderr).toContain('another run is at work')
  expect(lab.counted('built')).toBe(1)
})

test('two runs at once make one product', async () => {
  lab.recipe('one', patient)
  const first = lab.start()
  await lab.appears('half')
  const second = lab.start()
  await new Promise((resolve) => second.child.stderr?.once('data', resolve))
  lab.go()
  const outcomes = await Promise.all([first.ended, second.ended])
  expect(outcomes.map(({status, stdout}) => ({status, stdout}))).toEqual([
    {status: 0, stdout: `${lab.cache}/bundle\n`},
    {status: 0, stdout: `${lab.cache}/bundle\n`},
  ])
  expect(lab.counted('built')).toBe(1)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends everything that a job started and says how to go on', async (signal, expected) => {
  const stubborn = 'build() { sleep 60 & echo $! >"$TOY/pid.tmp"; mv "$TOY/pid.tmp" "$TOY/pid"; wait; }\n'
  lab.recipe('one', stubborn)
  const run = lab.start()
  const pid = Number(await lab.appears('pid'))
  run.child.kill(signal)
  const {status, stdout, stderr} = await run.ended
  expect({status, stdout}).toEqual({status: expected, stdout: ''})
  expect(stderr).toContain('stopping one')
  expect(isAlive(pid)).toBe(false)
  expect(stored()).toEqual([])
})
