import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type FakePrograms, fakePrograms} from '../support/fake-programs.ts'
import {homeOf, runBuilt} from './support/run-built.ts'
import {closeTerminals, hasTmux, openTerminal, type Terminal, typed} from './support/tmux.ts'

let home: string
let fakes: FakePrograms

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'k8s-local-tmux-'))
  fakes = fakePrograms([], {info: {CgroupVersion: '2', MemTotal: 16e9, DockerRootDir: home}})
})

afterEach(() => {
  closeTerminals()
  fakes.remove()
  rmSync(home, {recursive: true, force: true})
})

const flags = [
  '--workers',
  '3',
  '--cni',
  'cilium',
  '--multus',
  'thick',
  '--network',
  'lan=172.31.77.0/24',
  '--no-verify',
  '--yes',
]

describe.skipIf(!hasTmux)('create in a terminal', () => {
  test('answered key by key shows the plan that the flags give, and saves the file that gives it too', async () => {
    const terminal = open(['create', 'lab', '--dry-run'])
    await terminal.answer('How many worker nodes', 'BSpace', '3', 'Enter')
    await terminal.answer("Which CNI carries the cluster's own network", 'Enter')
    await terminal.answer('How to run Multus', 'Down', 'Enter')
    await terminal.answer('Extra networks', 'Enter')
    await terminal.answer('Name of network 1', ...typed('lan'), 'Enter')
    await terminal.answer('Subnet of lan', ...typed('172.31.77.0/24'), 'Enter')
    await terminal.answer('A macvlan network for pods', 'Enter')
    await terminal.answer('Prove now that it works', 'n', 'Enter')
    await terminal.answer('All right?', 'Enter')
    await terminal.answer('Save these answers as k8s-local.yaml', 'y', 'Enter')

    const answered = planIn(await terminal.shows(/exit code 0/))

    const {stdout} = await runBuilt(['create', 'lab', ...flags, '--dry-run'], environment())
    expect(answered).toBe(planIn(stdout))
    expect(answered).toContain('Give every node a NIC on lan')
    const fromFile = await runBuilt(
      ['create', '--file', join(home, 'k8s-local.yaml'), '--no-verify', '--dry-run'],
      environment(),
    )
    expect(planIn(fromFile.stdout)).toBe(answered)
    expect(readFileSync(join(home, 'k8s-local.yaml'), 'utf8')).toContain('172.31.77.0/24')
  })

  test('shows the command line that asks for the same', async () => {
    const terminal = open([
      'create',
      'lab',
      '--dry-run',
      '--workers',
      '0',
      '--network',
      'none',
      '--multus',
      'none',
      '--no-verify',
    ])
    await terminal.answer("Which CNI carries the cluster's own network", 'Enter')

    const screen = await terminal.shows(/All right\?/)

    expect(screen).toContain('k8s-local create lab --workers 0 --multus none --network none --no-verify --yes')
  })

  test('left with Ctrl-C at a question does nothing and ends with 130', async () => {
    const terminal = open(['create', 'lab'])
    await terminal.answer('How many worker nodes', 'C-c')

    expect(await terminal.shows(/exit code 130/)).toContain('nothing was done')
  })

  test('asks nothing with --yes', async () => {
    const terminal = open(['create', 'lab', '--dry-run', '--yes'])

    expect(await terminal.shows(/exit code 0/)).not.toContain('?')
  })
})

describe.skipIf(!hasTmux)('net add in a terminal', () => {
  test('answered key by key prints the network that the flags give', async () => {
    const terminal = open(['net', 'add', '--output', 'json'])
    await terminal.answer('Type of the network', 'Down', 'Down', 'Down', 'Enter')
    await terminal.answer('Name of the network', ...typed('lab'), 'Enter')
    await terminal.answer('VLAN id', ...typed('5000'), 'Enter')
    await terminal.shows(/'5000' is not a whole number from 1 to 4094/)
    await terminal.answer('VLAN id', 'BSpace', 'BSpace', 'Enter')
    await terminal.answer('Extra network or NIC that it sits on', ...typed('eth1'), 'Enter')
    await terminal.answer('Who hands out its addresses', 'Down', 'Enter')
    await terminal.answer('Subnet of its addresses', ...typed('10.20.0.0/24,fd00:20::/64'), 'Enter')

    const screen = await terminal.shows(/exit code 0/)

    const same = ['--vlan', '50', '--master', 'eth1', '--ipam', 'host-local', '--subnet', '10.20.0.0/24,fd00:20::/64']
    const {stdout} = await runBuilt(['net', 'add', 'vlan', 'lab', ...same, '--output', 'json'], environment())
    expect(JSON.parse(jsonIn(screen))).toEqual(JSON.parse(stdout))
    expect(screen).toContain('each node also needs its own /etc/cni/multus/net.d/default-lab.conf')
  })

  test('offers what does not go with the type in grey, with the reason', async () => {
    const terminal = open(['net', 'add', 'ptp'])
    await terminal.answer('Name of the network', ...typed('inside'), 'Enter')
    const screen = await terminal.shows(/Who hands out its addresses/)

    expect(screen).toContain('DHCP (the pair has no layer 2 that a DHCP server could be on)')
  })
})

function open(argv: readonly string[]): Terminal {
  return openTerminal(argv, {home, environment: environment()})
}

function environment(): Readonly<Record<string, string>> {
  return {...homeOf(home), ...(fakes.environment as Record<string, string>), ...homeOnly(home), CI: ''}
}

function homeOnly(folder: string): Readonly<Record<string, string>> {
  const {PATH: _, ...variables} = homeOf(folder)
  return variables
}

/** The plan, from its title to its last step. */
function planIn(text: string): string {
  const plan = text.slice(text.indexOf('Create the cluster lab:')).split('exit code')[0] ?? ''
  return plan.replaceAll(/[ ]+$/gm, '').trimEnd()
}

/** The JSON document on the screen. */
function jsonIn(text: string): string {
  return /^\{\n[^]*?^\}/m.exec(text)?.[0] ?? ''
}
