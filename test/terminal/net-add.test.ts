import {describe, expect, test} from 'vitest'
import NetAdd from '../../src/commands/net/add.ts'
import {Problem} from '../../src/problem.ts'
import type {Drivers} from '../../src/drivers/ports.ts'
import {runCommand} from './support/run-command.ts'
import {answerWith} from './support/scripted-prompter.ts'

/** A machine without a container engine. */
const noEngine = {
  files: {paths: {kubeconfig: '/home/u/.kube/config'}},
  engine: {
    containers: async () => {
      throw new Problem('engine-missing', {message: 'docker is not on PATH', suggestions: ['Install Docker']})
    },
    networks: async () => [],
  },
} as unknown as Partial<Drivers>

const run = (argv: readonly string[], options: Parameters<typeof runCommand>[2] = {}) =>
  runCommand(NetAdd, argv, {drivers: noEngine, id: 'net:add', ...options})

describe('net add without any cluster', () => {
  test('prints the object with --output yaml: its configuration as a block, the rest of the story on stderr', async () => {
    const {stdout, stderr, exitCode} = await run(['macvlan', 'storage', '--subnet', '10.20.0.0/24', '--output', 'yaml'])

    await expect(stdout).toMatchFileSnapshot('../golden/terminal/net-add-output.yaml')
    expect(stderr).toContain('Note: docker is not on PATH. Shown for a cluster as create makes it')
    expect(exitCode).toBe(0)
  })

  test('prints the same object as one JSON document', async () => {
    const {stdout} = await run(['macvlan', 'storage', '--subnet', '10.20.0.0/24', '--output', 'yaml', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'NetworkAttachmentDefinition',
      metadata: {name: 'storage', namespace: 'default'},
    })
  })

  test('shows what would be done with --dry-run', async () => {
    const {stdout, exitCode} = await run(['bridge', 'inside', '--dry-run'])

    expect(stdout).toContain('"type": "bridge"')
    expect(stdout).toContain("apply --server-side -f - <<'EOF'")
    expect(exitCode).toBe(0)
  })

  test('tells of slices that each node needs', async () => {
    const {stderr} = await run(['macvlan', 'storage', '--ipam', 'host-local', '--output', 'yaml'])

    expect(stderr).toMatch(/Note: each node also needs its own \//)
  })

  test('does not pretend when it is to be made', async () => {
    const {stderr, exitCode} = await run(['macvlan', 'storage'])

    expect(stderr).toContain('Error: docker is not on PATH')
    expect(exitCode).toBe(3)
  })

  test('does not pretend when a cluster was named', async () => {
    const {exitCode} = await run(['macvlan', 'storage', '--cluster', 'lab', '--output', 'yaml'])

    expect(exitCode).toBe(3)
  })
})

describe('net add', () => {
  test('names type and name when there is nobody to ask', async () => {
    const {stderr, exitCode} = await run(['--mtu', '9000'])

    expect(stderr).toContain('k8s-local net add TYPE NAME --mtu 9000')
    expect(exitCode).toBe(2)
  })

  test('lists everything that is wrong at once', async () => {
    const {stderr, exitCode} = await run([
      'macvlan',
      'Storage',
      '--subnet',
      '10.0.0.0/33',
      '--mtu',
      '1',
      '--output',
      'toml',
    ])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('toml')
  })

  test('asks on a terminal, and leaves open what is answered with nothing', async () => {
    const prompter = answerWith('bridge', 'inside', '10.20.0.0/24', '')

    const {stdout, exitCode} = await run(['--output', 'json'], {tty: true, prompter})

    expect(prompter.asked).toEqual([
      'Type of the network',
      'Name of the network',
      'Subnet of its addresses (empty: chosen to fit)',
      'Who hands out its addresses',
    ])
    expect(JSON.parse(stdout)).toMatchObject({metadata: {name: 'inside'}})
    expect(exitCode).toBe(0)
  })
})
