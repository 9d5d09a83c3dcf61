import {beforeEach, describe, expect, test} from 'vitest'
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

  test('prints all objects of a network with DHCP servers, as documents of YAML or as a list in JSON', async () => {
    const served = ['macvlan', 'leased', '--ipam', 'dhcp', '--dhcp-server', '--output']
    const yaml = await run([...served, 'yaml'])
    const json = await run([...served, 'json'])

    const kinds = ['NetworkAttachmentDefinition', 'ConfigMap', 'DaemonSet', 'NetworkAttachmentDefinition']
    expect([...yaml.stdout.matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind)).toEqual(kinds)
    expect(JSON.parse(json.stdout)).toMatchObject({kind: 'List', items: kinds.map((kind) => ({kind}))})
    expect(yaml.stderr).toContain('each node also needs its own /etc/cni/multus/net.d/default-leased-dhcp.conf')
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
    const prompter = answerWith('bridge', 'inside', '', '10.20.0.0/24')

    const {stdout, exitCode} = await run(['--output', 'json'], {tty: true, prompter})

    expect(prompter.asked).toEqual([
      'Type of the network',
      'Name of the network',
      'Who hands out its addresses',
      'Subnet of its addresses (empty: chosen to fit)',
    ])
    expect(JSON.parse(stdout)).toMatchObject({metadata: {name: 'inside'}})
    expect(exitCode).toBe(0)
  })

  test('asks of a type only what it has, and of addresses only what their source needs', async () => {
    const asked = async (...answers: readonly (string | boolean)[]): Promise<readonly string[]> => {
      const prompter = answerWith(...answers)
      await run(['--output', 'json'], {tty: true, prompter})
      return prompter.asked.slice(2)
    }

    expect(await asked('vlan', 'lab', '100', 'data', 'static', '10.5.0.9/24')).toEqual([
      'VLAN id',
      'Extra network or NIC that it sits on (empty: chosen to fit)',
      'Who hands out its addresses',
      'Fixed address (empty: chosen to fit)',
    ])
    expect(await asked('macvlan', 'leased', 'data', 'dhcp', true)).toEqual([
      'Extra network or NIC that it sits on (empty: chosen to fit)',
      'Who hands out its addresses',
      'Run a DHCP server on it',
    ])
    expect(await asked('tap', 'raw', 'none')).toEqual(['Who hands out its addresses'])
  })

  test('offers no IPAM that does not go with the type', async () => {
    const {stderr} = await run(['--output', 'json'], {tty: true, prompter: answerWith('ptp', 'a', 'none')})

    expect(stderr).toContain('has no choice none')
  })

  test('asks what the type cannot do without, though type and name were given', async () => {
    const prompter = answerWith('7')

    const {stdout} = await run(['vlan', 'lab', '--output', 'json'], {tty: true, prompter})

    expect(prompter.asked).toEqual(['VLAN id'])
    expect(stdout).toContain('\\"vlanId\\": 7')
  })
})

describe('net add --write', () => {
  const files = new Map<string, string>()
  const drivers = {
    ...noEngine,
    files: {
      paths: {kubeconfig: '/home/u/.kube/config'},
      read: async (file: string) => files.get(file),
      write: async (file: string, text: string) => void files.set(file, text),
    },
  } as unknown as Partial<Drivers>
  const write = (argv: readonly string[], options: Parameters<typeof runCommand>[2] = {}) =>
    run(['macvlan', 'storage', '--subnet', '10.20.0.0/24', '--write', '/tmp/out.yaml', ...argv], {drivers, ...options})

  beforeEach(() => files.clear())

  test('writes what --output prints', async () => {
    const {stdout} = await write([])

    expect(stdout).toBe('Wrote /tmp/out.yaml\n')
    await expect(files.get('/tmp/out.yaml')).toMatchFileSnapshot('../golden/terminal/net-add-output.yaml')
  })

  test('writes nothing in a dry run, and shows what it would', async () => {
    const {stdout} = await write(['--dry-run'])

    expect([files.size, stdout.includes('kind: NetworkAttachmentDefinition')]).toEqual([0, true])
  })

  test('replaces a file that says something else only when told to', async () => {
    files.set('/tmp/out.yaml', 'mine')

    expect((await write([])).stderr).toContain('/tmp/out.yaml exists and says something else')
    expect((await write([], {tty: true, prompter: answerWith(false)})).exitCode).toBe(2)
    expect(files.get('/tmp/out.yaml')).toBe('mine')
    expect((await write(['--yes'])).exitCode).toBe(0)
    expect(files.get('/tmp/out.yaml')).toContain('NetworkAttachmentDefinition')
  })
})
