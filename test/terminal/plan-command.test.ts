import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {makePlan} from '../../src/plan/make-plan.ts'
import {Problem} from '../../src/problem.ts'
import {text, withDefault} from '../../src/spec/field-kinds.ts'
import type {RawInput} from '../../src/spec/field.ts'
import {readFields} from '../../src/spec/read-fields.ts'
import {readText} from '../../src/spec/texts.ts'
import {runFlags, toFlags, withValues} from '../../src/terminal/flags.ts'
import {PlanCommand, type Planned} from '../../src/terminal/plan-command.ts'
import {only, optionFields} from '../../src/terminal/run-options.ts'
import type {Drivers} from '../../src/drivers/ports.ts'
import {makeFakeClock} from './support/fake-clock.ts'
import {runCommand} from './support/run-command.ts'

const fields = {
  cluster: withDefault('lab', text({flag: 'cluster', ask: 'Cluster', describe: 'Cluster', read: readText})),
}

/** The smallest command that changes something: it forgets a cluster. */
class Forget extends PlanCommand<string> {
  static override readonly flags = {...toFlags(fields), ...runFlags()}
  protected override readonly fields = fields

  protected override async readSpec(input: RawInput): Promise<string> {
    return readFields(fields, only(input, fields)).cluster
  }

  protected override async makePlan(cluster: string): Promise<Planned> {
    const step = {
      id: 'forget',
      title: `Forget ${cluster}`,
      action: {type: 'forget-cluster', cluster},
      after: [],
    } as const
    return {plan: makePlan({title: `Forget ${cluster}`, cluster, steps: [step], timeoutSeconds: 60, notes: ['a note']})}
  }

  protected override summary(cluster: string): readonly string[] {
    return [`  ${cluster} is forgotten`]
  }
}

/** A machine that knows of one cluster, and forgets it or fails to. */
function machine({
  known = ['lab'],
  forget = async () => undefined,
}: {
  known?: readonly string[]
  forget?: () => Promise<void>
} = {}) {
  const forgotten: string[] = []
  const journal = {
    lock: async () => async () => undefined,
    file: (cluster: string, name: string) => `/state/${cluster}/${name}`,
    list: async () => known,
    forget: async (cluster: string) => {
      await forget()
      forgotten.push(cluster)
    },
  }
  const written = new Map<string, string>()
  const files = {
    writable: async (file: string) =>
      file.startsWith('/gone/') ? {writable: false, missing: '/gone'} : {writable: true},
    rewrite: async (file: string, content: string) => void written.set(file, content),
  }
  return {forgotten, written, drivers: {clock: makeFakeClock(), journal, files} as unknown as Partial<Drivers>}
}

describe('a command that changes something', () => {
  test('tells the story on stderr and the result on stdout', async () => {
    const {drivers, forgotten} = machine()

    const {stdout, stderr, exitCode} = await runCommand(Forget, [], {drivers})

    expect(stdout).toBe('Forget lab: done in 0.0 s\n  lab is forgotten\n')
    expect(stderr).toContain('Note: a note')
    expect(stderr).toContain('done    Forget lab')
    expect(exitCode).toBe(0)
    expect(forgotten).toEqual(['lab'])
  })

  test('says so when all was as asked', async () => {
    const {stdout, exitCode} = await runCommand(Forget, [], {drivers: machine({known: []}).drivers})

    expect(stdout).toContain('already as asked')
    expect(exitCode).toBe(0)
  })

  test('only shows the plan with --dry-run', async () => {
    const {drivers, forgotten} = machine()

    const {stdout, stderr} = await runCommand(Forget, ['--dry-run'], {drivers})

    expect(stdout).toContain('nothing was done (--dry-run)')
    expect(stdout).toContain('1. Forget lab')
    expect(stderr).toBe('')
    expect(forgotten).toEqual([])
  })

  test('prints the plan itself with --dry-run --json', async () => {
    const {stdout, result} = await runCommand(Forget, ['--dry-run', '--json'], {drivers: machine().drivers})

    expect(JSON.parse(stdout)).toEqual(result)
    expect(JSON.parse(stdout)).toMatchObject({cluster: 'lab', steps: [{id: 'forget'}], onFailure: [], always: []})
  })

  test('prints the outcome as one document with --json, and progress as usual', async () => {
    const {stdout, stderr} = await runCommand(Forget, ['--json'], {drivers: machine().drivers})

    expect(JSON.parse(stdout)).toMatchObject({status: 'done', cluster: 'lab', criticalPath: ['forget']})
    expect(stderr).toContain('start   Forget lab')
  })

  test('takes a flag before a variable and a variable before the default', async () => {
    const env = {K8S_LOCAL_CLUSTER: 'from-variable'}
    const shown = async (argv: readonly string[], variables: Readonly<Record<string, string>>) => {
      const {result} = await runCommand(Forget, [...argv, '--dry-run'], {drivers: machine().drivers, env: variables})
      return (result as {cluster: string}).cluster
    }

    expect(await shown(['--cluster', 'from-flag'], env)).toBe('from-flag')
    expect(await shown([], env)).toBe('from-variable')
    expect(await shown([], {})).toBe('lab')
  })

  test('limits the run by --timeout', async () => {
    const {stderr} = await runCommand(Forget, ['--timeout', '90s', '--progress', 'ndjson'], {
      drivers: machine().drivers,
    })

    const started = stderr.split('\n').find((line) => line.includes('run-started')) ?? ''
    expect(JSON.parse(started)).toMatchObject({plan: {timeoutSeconds: 90}})
  })

  test('shows seconds and the critical path with --timings', async () => {
    const {stdout} = await runCommand(Forget, ['--timings'], {drivers: machine().drivers})

    expect(stdout).toContain('Critical path (0.0 s): Forget lab')
  })
})

/** The same, with a file. */
function forgetBy(keys: Readonly<Record<string, unknown>>) {
  return class extends Forget {
    protected override async complete(said: RawInput): Promise<RawInput> {
      const known = Object.entries(keys).map(([key, value]) => [key, {value, from: `${key} in k8s-local.yaml, line 3`}])
      return {...Object.fromEntries(known), ...said}
    }
  }
}

test('a file may say how to go about it, as a flag may', async () => {
  const {drivers, forgotten} = machine()

  const {stdout} = await runCommand(forgetBy({dryRun: true}), [], {drivers})

  expect(stdout).toContain('nothing was done (--dry-run)')
  expect(forgotten).toEqual([])
})

describe('timings as a picture', () => {
  test.each<{way: string; argv: readonly string[]; env: Readonly<Record<string, string>>; table: boolean}>([
    {way: 'a flag', argv: ['--timings=svg=/out/run.svg'], env: {}, table: false},
    {way: 'a second flag', argv: ['--timings', '--timings=svg=/out/run.svg'], env: {}, table: true},
    {way: 'a variable', argv: [], env: {K8S_LOCAL_TIMINGS: 'svg=/out/run.svg'}, table: false},
    {way: 'a variable with both', argv: [], env: {K8S_LOCAL_TIMINGS: 'table,svg=/out/run.svg'}, table: true},
  ])('are written to the file that $way names, and told on stderr', async ({argv, env, table}) => {
    const {drivers, written} = machine()

    const {stdout, stderr} = await runCommand(Forget, argv, {drivers, env})

    expect(written.get('/out/run.svg')).toMatch(/^<svg [^]*Forget lab[^]*<\/svg>\n$/)
    expect(stderr).toContain('the picture of the timings is in /out/run.svg')
    expect(stdout).not.toContain('<svg')
    expect(stdout.includes('CRITICAL')).toBe(table)
  })

  test('are asked for by a key of the file, and a flag wins over it', async () => {
    const byFile = machine()
    const byFlag = machine()

    await runCommand(forgetBy({timings: ['table', 'svg=/out/by-file.svg']}), [], {drivers: byFile.drivers})
    await runCommand(forgetBy({timings: 'svg=/out/by-file.svg'}), ['--timings'], {drivers: byFlag.drivers})

    expect([...byFile.written.keys()]).toEqual(['/out/by-file.svg'])
    expect([...byFlag.written.keys()]).toEqual([])
  })

  test('go to a file of the working directory when none is named, with --json too', async () => {
    const {drivers, written} = machine()

    const {stdout} = await runCommand(Forget, ['--timings=svg', '--json'], {drivers})

    expect([...written.keys()]).toEqual([join(process.cwd(), 'k8s-local-timings.svg')])
    expect(JSON.parse(stdout)).toMatchObject({
      steps: [{id: 'forget', doer: 'k8s-local', status: 'done', startedAt: 0, finishedAt: 0}],
    })
  })

  test('that cannot be written are refused before anything is done', async () => {
    const {drivers, forgotten} = machine()

    const {stderr, exitCode} = await runCommand(Forget, ['--timings=svg=/gone/run.svg'], {drivers})

    expect(stderr).toContain('The picture of the timings cannot be written: the folder /gone does not')
    expect(stderr).toContain('mkdir -p /gone')
    expect(exitCode).toBe(3)
    expect(forgotten).toEqual([])
  })

  test('of another format are refused', async () => {
    const {stderr, exitCode} = await runCommand(Forget, ['--timings=png'], {drivers: machine().drivers})

    expect(stderr).toContain("--timings: 'png' is not one of table, svg, svg=FILE")
    expect(exitCode).toBe(2)
  })

  test.each([
    [
      ['--timings', 'word'],
      ['--timings', 'table', 'word'],
    ],
    [
      ['--timings=svg', '--timings'],
      ['--timings=svg', '--timings', 'table'],
    ],
    [
      ['--', '--timings'],
      ['--', '--timings'],
    ],
  ])('%j: the flag alone means the table, and takes no word that follows', (argv, expected) => {
    expect(withValues(argv, optionFields, runFlags())).toEqual(expected)
  })

  test.each([
    ['1', true],
    ['yes', true],
    ['false', false],
    ['none', false],
  ])('K8S_LOCAL_TIMINGS=%s is yes or no to the table', async (value, table) => {
    const env = {K8S_LOCAL_TIMINGS: value}

    const {stdout} = await runCommand(Forget, [], {drivers: machine().drivers, env})

    expect(stdout.includes('CRITICAL')).toBe(table)
  })
})

describe('a run that fails', () => {
  const failing = () =>
    machine({
      forget: async () => {
        throw new Problem('file-unwritable', {message: 'The journal cannot be removed', suggestions: ['ls -l']})
      },
    }).drivers

  test('names the step, the reason and what to do on stderr, with the exit code of the problem', async () => {
    const {stdout, stderr, exitCode} = await runCommand(Forget, [], {drivers: failing()})

    expect(stdout).toBe('')
    expect(stderr).toContain('Forget lab failed at: Forget lab (after 0.0 s)')
    expect(stderr).toContain('Error: The journal cannot be removed')
    expect(stderr).toContain('KL-2010')
    expect(exitCode).toBe(3)
  })

  test('is one document with --json, with the problem under error', async () => {
    const {stdout, exitCode} = await runCommand(Forget, ['--json'], {drivers: failing()})

    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      error: {name: 'file-unwritable', code: 'KL-2010', exitCode: 3},
    })
    expect(exitCode).toBe(3)
  })

  test('by a mistake of ours is called a bug, with exit code 10', async () => {
    const {drivers} = machine({
      forget: async () => {
        throw new TypeError('undefined is not a function')
      },
    })

    const {stderr, exitCode} = await runCommand(Forget, [], {drivers})

    expect(stderr).toContain('this is a bug in k8s-local')
    expect(exitCode).toBe(10)
  })
})

describe('a mistake on the command line', () => {
  test('names the flag that was meant', async () => {
    const {stderr, exitCode} = await runCommand(Forget, ['--clutser', 'x'], {drivers: machine().drivers, id: 'forget'})

    expect(stderr).toContain('Error: forget has no flag --clutser')
    expect(stderr).toContain('Did you mean --cluster?')
    expect(exitCode).toBe(2)
  })

  test('lists all wrong values at once', async () => {
    const {stderr, exitCode} = await runCommand(Forget, ['--timeout', 'soon', '--progress', 'bar'], {
      drivers: machine().drivers,
    })

    expect(stderr).toContain("--timeout: 'soon' is not a time")
    expect(stderr).toContain("--progress: 'bar' is not one of")
    expect(exitCode).toBe(2)
  })

  test.each([
    {mistake: 'an unknown flag', argv: ['--nope']},
    {mistake: 'an argument too many', argv: ['extra']},
    {mistake: 'a wrong value', argv: ['--progress', 'bar']},
    {mistake: 'a flag without its value', argv: ['--timeout']},
  ])('is one small document with --json: $mistake', async ({argv}) => {
    const {stdout, stderr, exitCode} = await runCommand(Forget, [...argv, '--json'], {
      drivers: machine().drivers,
      id: 'forget',
    })

    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['error'])
    expect(stdout.length).toBeLessThan(2000)
    expect(stderr).toBe('')
    expect(exitCode).toBe(2)
  })
})
