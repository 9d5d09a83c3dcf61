import {describe, expect, test} from 'vitest'
import ScenarioApply from '../../src/commands/scenario/apply.ts'
import ScenarioList from '../../src/commands/scenario/list.ts'
import ScenarioRemove from '../../src/commands/scenario/remove.ts'
import ScenarioShow from '../../src/commands/scenario/show.ts'
import type {Drivers} from '../../src/drivers/ports.ts'
import {Problem} from '../../src/problem.ts'
import {presentScenarios} from '../../src/terminal/present-scenarios.ts'
import {parseYamlStream} from '../../src/yaml.ts'
import {runCommand} from './support/run-command.ts'
import {answerWith} from './support/scripted-prompter.ts'

/** A machine without a container engine. */
const drivers = {
  files: {paths: {kubeconfig: '/home/u/.kube/config'}},
  engine: {
    containers: async () => {
      throw new Problem('engine-missing', {message: 'docker is not on PATH', suggestions: ['Install Docker']})
    },
    networks: async () => [],
  },
} as unknown as Partial<Drivers>

const commands = {list: ScenarioList, show: ScenarioShow, apply: ScenarioApply, remove: ScenarioRemove}

const run = (
  command: keyof typeof commands,
  argv: readonly string[] = [],
  options: Parameters<typeof runCommand>[2] = {},
) => runCommand(commands[command], argv, {drivers, id: `scenario:${command}`, ...options})

describe('scenarios without any cluster', () => {
  test('are listed', async () => {
    const {stdout, exitCode} = await run('list')

    await expect(stdout).toMatchFileSnapshot('../golden/terminal/scenarios.txt')
    expect(exitCode).toBe(0)
  })

  test('are explained for a cluster as create makes it', async () => {
    const {stdout, exitCode} = await run('show', ['tenants'])

    await expect(stdout).toMatchFileSnapshot('../golden/terminal/scenario-tenants.txt')
    expect(exitCode).toBe(0)
  })

  test.each(['yaml', 'json'])('can be printed as %s for kubectl, and nothing else', async (form) => {
    const {stdout} = await run('show', ['access-control', '--output', form])
    const objects = parseYamlStream(stdout) as readonly {kind: string; items?: readonly object[]}[]

    expect(objects[0]?.items ?? objects).toHaveLength(11)
  })

  test('are one document with --json', async () => {
    const {stdout} = await run('show', ['web', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      name: 'web',
      imagined: true,
      nodeFiles: ['/etc/cni/multus/net.d/scenario-web-scenario-web.conf'],
      checks: ['Replicas serve: scenario-web/web, 2 replicas', 'Primary network is unharmed: client'],
    })
  })

  test.each(['apply', 'remove'] as const)('cannot be made or removed: %s', async (command) => {
    const {stderr, exitCode} = await run(command, ['web'])

    expect(stderr).toContain('docker is not on PATH')
    expect(exitCode).toBe(3)
  })

  test('do not pretend when a cluster was named', async () => {
    expect((await run('list', ['--cluster', 'lab'])).exitCode).toBe(3)
  })
})

describe('the name of a scenario', () => {
  test('is missed where there is nobody to ask', async () => {
    const {stderr, exitCode} = await run('apply', ['--keep'])

    expect(stderr).toContain('k8s-local scenario apply NAME --keep')
    expect(exitCode).toBe(2)
  })

  test('is asked for on a terminal', async () => {
    const prompter = answerWith('tenants')
    const {stdout} = await run('show', [], {tty: true, prompter})

    expect(prompter.asked).toEqual(['Which scenario'])
    expect(stdout).toContain('tenants: Two tenants on networks of their own')
  })

  test('is guessed when it is mistyped', async () => {
    const {stderr, exitCode} = await run('show', ['tenant'])

    expect(stderr).toContain('did you mean tenants?')
    expect(exitCode).toBe(2)
  })
})

describe('the list in a cluster', () => {
  test('says below the table what keeps a scenario from being made', () => {
    const text = presentScenarios([
      {
        name: 'web',
        title: 'A web Deployment',
        state: 'not applied',
        lacks: ['web needs an extra network, and lab has none'],
      },
      {name: 'tenants', title: 'Two tenants', state: 'applied', lacks: []},
    ])

    expect(text).toContain('web        cannot be: see below   A web Deployment')
    expect(text).toContain('tenants    applied                Two tenants')
    expect(text).toContain('\nweb needs an extra network, and lab has none\n')
  })
})
