import {cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {type ActionPrograms, actionPrograms, type FakeCommands} from '../support/action-programs.ts'
import {type ActionEnd, type ActionRun, readAction, repository, runAction} from '../support/run-action.ts'

const name = 'ci-12345678901-3991297724'
let programs: ActionPrograms
afterEach(() => programs.remove())

/** Runs the action with programs that stand in for npm and k8s-local. */
async function run(does: FakeCommands = {}, options: Partial<ActionRun> = {}): Promise<ActionEnd> {
  programs = actionPrograms(does)
  return runAction({
    env: programs.env,
    folder: programs.folder,
    ...options,
    inputs: {version: '1.2.3', ...options.inputs},
  })
}

function outcomes({steps}: ActionEnd): readonly string[] {
  return steps.map((step) => `${step.name}: ${step.outcome}`)
}

/** The commands of k8s-local that were called, by their first word. */
function commands(): readonly string[] {
  return programs.calls().flatMap((call) => /^k8s-local \[(\w+)\]/.exec(call)?.[1] ?? [])
}

describe('the action', () => {
  test('creates, proves and deletes', async () => {
    const end = await run()

    expect(end.outcome).toBe('success')
    expect(commands()).toEqual(['list', 'create', 'verify', 'delete'])
    expect(outcomes(end).slice(-2)).toEqual([
      'Delete the cluster: success',
      'Upload what the failure is about: skipped',
    ])
    expect(end.summary).toContain('| create | success |')
    expect(end.used).toEqual([])
  })

  test('hands out where everything is', async () => {
    const {outputs} = await run({verify: 'touch "$EVIDENCE/verify.junit.xml" "$EVIDENCE/verify.json"'})

    expect(outputs).toMatchObject({cluster: name, verdict: 'success', artifact: `k8s-local-${name}`})
    expect([outputs['junit'], outputs['json'], outputs['evidence']].map((path) => existsSync(path ?? ''))).toEqual([
      true,
      true,
      true,
    ])
    expect(outputs['kubeconfig']).toMatch(/kubeconfig$/)
  })

  test('names the cluster after the job, so that two on one machine never meet', async () => {
    await run()

    expect(programs.calls()).toContain(
      `k8s-local [verify] [${name}] [--report] [github] ${['junit=verify.junit.xml', 'json=verify.json'].map((report) => `[--report] [${report.replace('=', `=${evidence()}/`)}]`).join(' ')} [--bundle-on-failure] [${evidence()}]`,
    )
  })

  test('hands its inputs to create, as variables', async () => {
    await run(
      {},
      {
        inputs: {
          cni: 'calico',
          multus: 'thick',
          workers: '3',
          networks: ' lan\nwan=172.31.0.0/24 ,data\n',
          kubernetes: '1.34',
        },
      },
    )

    expect(programs.calls().find((call) => call.includes('[create]'))).toBe(
      `k8s-local [create] [${name}] [--no-verify] [--timings] [--yes] with K8S_LOCAL_CNI=calico K8S_LOCAL_KUBECONFIG=${evidence().replace(/evidence$/, 'kubeconfig')} K8S_LOCAL_KUBERNETES=1.34 K8S_LOCAL_MULTUS=thick K8S_LOCAL_NETWORK=lan,wan=172.31.0.0/24,data K8S_LOCAL_WORKERS=3 `,
    )
  })

  test('leaves what it was not told to the variables of the job', async () => {
    programs = actionPrograms()
    const env = {...programs.env, K8S_LOCAL_CNI: 'calico', K8S_LOCAL_WORKERS: '1'}

    await runAction({env, folder: programs.folder, inputs: {version: '1', workers: '2'}})

    expect(programs.calls().join('\n')).toMatch(/with K8S_LOCAL_CNI=calico .*K8S_LOCAL_WORKERS=2/)
  })

  test('writes the reports that were asked for besides its own', async () => {
    await run({}, {inputs: {reports: 'tap=verify.tap\nmarkdown=out/verify.md'}})

    expect(programs.calls().join('\n')).toContain('[--report] [tap=verify.tap] [--report] [markdown=out/verify.md]')
  })

  test('carries out commands of the caller before it proves, on the cluster', async () => {
    const end = await run({}, {inputs: {run: 'echo "on $KUBECONFIG"\necho again'}})

    expect(end.steps.find((step) => step.name.startsWith('Run'))?.output).toBe(
      `on ${end.outputs['kubeconfig']}\nagain\n`,
    )
    expect(end.summary).toContain('| your commands | success |')
  })

  test('leaves the cluster to later steps when it is not to delete it', async () => {
    const end = await run({}, {inputs: {delete: 'false'}})

    expect(commands()).not.toContain('delete')
    expect(end.exported).toEqual({KUBECONFIG: end.outputs['kubeconfig']})
  })

  test('proves nothing when that is not wanted', async () => {
    const end = await run({}, {inputs: {verify: 'false'}})

    expect(commands()).toEqual(['list', 'create', 'delete'])
    expect(end.outputs['verdict']).toBe('skipped')
  })
})

describe('what fails', () => {
  test('when create does: nothing is proven, its last words are in the summary, and it is deleted and uploaded', async () => {
    const end = await run({create: 'echo "Error: no room" >&2; exit 3'})

    expect(end.outcome).toBe('failure')
    expect(commands()).toEqual(['list', 'create', 'delete'])
    expect(end.summary).toContain('Error: no room')
    expect(end.used).toMatchObject([{with: {name: `k8s-local-${name}`, path: end.outputs['evidence']}}])
    expect(readFileSync(join(end.outputs['evidence'] ?? '', 'create.log'), 'utf8')).toBe('Error: no room\n')
  })

  test('when verify does: it is deleted, and what was collected is uploaded', async () => {
    const end = await run({verify: 'exit 1'})

    expect(end.outcome).toBe('failure')
    expect(end.outputs['verdict']).toBe('failure')
    expect(commands()).toEqual(['list', 'create', 'verify', 'delete'])
    expect(end.used).toHaveLength(1)
  })

  test('when the commands of the caller do: nothing is proven, and it is deleted', async () => {
    const end = await run({}, {inputs: {run: 'false\necho never'}})

    expect(end.outcome).toBe('failure')
    expect(commands()).toEqual(['list', 'create', 'delete'])
    expect(end.used).toHaveLength(1)
  })

  test('when a cluster of that name is there: nothing of it is touched', async () => {
    const end = await run({list: `echo '{"clusters": [{"name": "mine"}]}'`}, {inputs: {name: 'mine'}})

    expect(end.outcome).toBe('failure')
    expect(commands()).toEqual(['list'])
    expect(end.steps.find((step) => step.name === 'Prepare')?.output).toContain(
      '::error title=The cluster mine exists already',
    )
  })

  test('when what lists clusters does: nothing is begun', async () => {
    expect((await run({list: 'exit 3'})).outcome).toBe('failure')
    expect(commands()).toEqual(['list'])
  })

  test('when Node is too old: it says which is needed', async () => {
    programs = actionPrograms()
    const bin = join(programs.folder, 'old')
    mkdirSync(bin, {recursive: true})
    writeFileSync(join(bin, 'node'), '#!/bin/sh\necho v20.9.0\n', {mode: 0o755})
    const env = {...programs.env, PATH: `${bin}:${programs.env.PATH}`}

    const end = await runAction({env, folder: programs.folder})

    expect(end.steps[0]).toMatchObject({
      outcome: 'failure',
      output: expect.stringContaining('k8s-local needs Node 20.19.0::found v20.9.0') as string,
    })
    expect(programs.calls()).toEqual([])
  })
})

describe('a cancellation', () => {
  const patient = (word: string): string =>
    `trap 'echo cleaned up; exit 130' INT; echo ${word}; sleep 30 >&- 2>&- & wait`

  test.each([
    ['create', 'Create the cluster', ['list', 'create', 'delete']],
    ['verify', 'Verify the cluster', ['list', 'create', 'verify', 'delete']],
  ] as const)('reaches %s itself, and the cluster is deleted', async (command, step, called) => {
    const end = await run({[command]: patient('under way')}, {cancel: {step, at: /under way/}})

    expect(end.outcome).toBe('cancelled')
    expect(end.steps.find((one) => one.name === step)).toMatchObject({
      outcome: 'cancelled',
      output: 'under way\ncleaned up\n',
    })
    expect(commands()).toEqual(called)
    expect(end.used).toEqual([])
  })

  test('deletes after a create that had to be killed, too', async () => {
    const stubborn = "trap '' INT TERM; echo under way; sleep 30 >&- 2>&-"
    const cancel = {step: 'Create the cluster', at: /under way/, patience: {interrupt: 100, terminate: 100}}

    const end = await run({create: stubborn}, {cancel})

    expect(end.steps.find((step) => step.name === 'Create the cluster')?.exitCode).toBe(137)
    expect(commands()).toEqual(['list', 'create', 'delete'])
  })
})

describe('the deletion', () => {
  test('is content when there is nothing', async () => {
    const end = await run({delete: 'echo "code KL-4004, see: k8s-local explain KL-4004" >&2; exit 2'})

    expect(end.outcome).toBe('success')
  })

  test('waits for a process that still ends', async () => {
    const busy = `if [ -e busy ]; then echo deleted; else touch busy; echo 'code KL-4003' >&2; exit 6; fi`
    programs = actionPrograms({delete: busy})

    const end = await runAction({env: {...programs.env, PAUSE: '0'}, folder: programs.folder, inputs: {version: '1'}})

    expect(end.outcome).toBe('success')
    expect(commands()).toEqual(['list', 'create', 'verify', 'delete', 'delete'])
  })

  test('fails the job when it cannot: somebody has to look', async () => {
    const end = await run({delete: 'echo "docker is gone" >&2; exit 3'})

    expect(end.outcome).toBe('failure')
    expect(end.steps.find((step) => step.name === 'Delete the cluster')).toMatchObject({
      exitCode: 3,
      output: 'docker is gone\n',
    })
  })
})

describe('the program', () => {
  test('is built from the very commit of the action where no version is asked for, once', async () => {
    programs = actionPrograms()
    const actionPath = join(programs.folder, 'checkout')
    cpSync(join(repository, 'scripts/action'), join(actionPath, 'scripts/action'), {recursive: true})
    const build = {env: programs.env, folder: programs.folder, actionPath}

    const first = await runAction(build)
    mkdirSync(join(actionPath, 'dist'))
    writeFileSync(join(actionPath, 'dist/cli.js'), '')
    await runAction(build)

    const link = join(programs.folder, 'temp/k8s-local-program/bin/k8s-local')
    expect(readlinkSync(link)).toBe(join(actionPath, 'bin/run.js'))
    expect(first.steps[0]?.name).toBe('Install k8s-local')
    expect(programs.calls().filter((call) => call.startsWith('npm'))).toEqual([
      'npm [ci] [--no-audit] [--no-fund]',
      'npm [run] [build]',
    ])
  })
})

describe('what somebody writes into an input', () => {
  const hostile = `x"; touch pwned; $(touch pwned) \`touch pwned\` '; touch pwned #\ncluster=pwned`
  const meantAsCommands = ['run', 'verify', 'delete', 'version']
  const texts = Object.keys(readAction().inputs).filter((input) => !meantAsCommands.includes(input))

  test.each([
    ['name of the cluster', ['name'], []],
    ['rest', texts.filter((input) => input !== 'name'), ['list', 'create', 'verify', 'delete']],
  ] as const)('is never a command, nor an output of its own: the %s', async (_case, inputs, called) => {
    const end = await run({}, {inputs: Object.fromEntries(inputs.map((input) => [input, hostile]))})

    expect(commands().slice(0, called.length)).toEqual(called)
    expect(existsSync(join(programs.folder, 'pwned'))).toBe(false)
    expect(end.outputs['cluster']).not.toBe('pwned')
  })

  test('never stands in the text of a script', () => {
    const scripts = readAction().runs.steps.flatMap((step) => step.run ?? [])

    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
    expect(scripts.length).toBeGreaterThan(5)
  })
})

test('every input and output is explained in docs/ci.md', () => {
  const {inputs, outputs} = readAction()
  const guide = readFileSync(join(repository, 'docs/ci.md'), 'utf8')

  const unexplained = [...Object.keys(inputs), ...Object.keys(outputs)].filter((one) => !guide.includes(`\`${one}\``))
  expect(unexplained).toEqual([])
})

test('actions of others are GitHub’s own, each at one commit', () => {
  const used = readAction().runs.steps.flatMap((step) => step.uses ?? [])

  expect(used.length).toBeGreaterThan(0)
  expect(used.filter((one) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(one))).toEqual([])
})

function evidence(): string {
  return join(programs.folder, 'temp', `k8s-local-${name}`, 'evidence')
}
