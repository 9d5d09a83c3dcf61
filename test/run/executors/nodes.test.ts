import {describe, expect, test} from 'vitest'
import {boundingSet} from '../../../src/run/capabilities.ts'
import {copyCniPlugins} from '../../../src/run/executors/copy-cni-plugins.ts'
import {deleteNodeFiles} from '../../../src/run/executors/delete-node-files.ts'
import {deleteNodeLinks} from '../../../src/run/executors/delete-node-links.ts'
import {installChart} from '../../../src/run/executors/install-chart.ts'
import {pinNodeAddresses} from '../../../src/run/executors/pin-node-addresses.ts'
import {writeNodeFiles} from '../../../src/run/executors/write-node-files.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'
import {fakeContext, fakeExec} from '../fakes.ts'

const archive: Artifact = {
  name: 'cni-plugins',
  type: 'archive',
  version: 'v1.9.1',
  platform: 'linux/amd64',
  origin: {kind: 'path', file: '/plugins.tgz'},
}

describe('copy-cni-plugins', () => {
  test('unpacks beside the folder, links what is missing into it, and looks again', async () => {
    const {exec, asked, bin} = nodeWith(['ptp', 'host-local'], ['host-local', 'macvlan', 'bridge'])

    expect(
      await copyCniPlugins({type: 'copy-cni-plugins', artifact: archive, nodes: ['n']}, fakeContext({engine: {exec}})),
    ).toEqual({already: false})
    expect([...bin].toSorted()).toEqual(['bridge', 'host-local', 'macvlan', 'ptp'])
    expect(asked.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'find /opt/cni',
      'tar -xzf',
      'cp -rlnT',
      'rm -rf',
      'mv -T',
      'find /opt/cni',
    ])
  })

  test('finds its work done by what an earlier run unpacked', async () => {
    const {exec, asked} = nodeWith(['macvlan', 'ptp'], ['macvlan'], {unpacked: true})

    expect(
      await copyCniPlugins({type: 'copy-cni-plugins', artifact: archive, nodes: ['n']}, fakeContext({engine: {exec}})),
    ).toEqual({already: true})
    expect(asked).toHaveLength(1)
  })

  test('mends a node that has lost a plugin', async () => {
    const {exec, bin} = nodeWith(['ptp'], ['macvlan'], {unpacked: true})

    expect(
      await copyCniPlugins({type: 'copy-cni-plugins', artifact: archive, nodes: ['n']}, fakeContext({engine: {exec}})),
    ).toEqual({already: false})
    expect(bin.has('macvlan')).toBe(true)
  })

  test('names the plugins that did not arrive', async () => {
    const {exec} = nodeWith([], ['macvlan', 'bridge'], {links: false})

    await expect(
      copyCniPlugins({type: 'copy-cni-plugins', artifact: archive, nodes: ['n']}, fakeContext({engine: {exec}})),
    ).rejects.toMatchObject({
      data: {name: 'node-command-failed', cause: 'Missing in /opt/cni/bin: macvlan, bridge'},
    })
  })

  test('gives tar’s own words when it fails', async () => {
    const {exec} = fakeExec((_, [program]) =>
      program === 'tar' ? {exitCode: 2, stderr: 'tar: not in gzip format\n'} : '',
    )

    await expect(
      copyCniPlugins({type: 'copy-cni-plugins', artifact: archive, nodes: ['n']}, fakeContext({engine: {exec}})),
    ).rejects.toMatchObject({
      data: {message: 'tar failed on node n with exit code 2', cause: 'tar: not in gzip format'},
    })
  })
})

describe('files on nodes', () => {
  test('are written by another name and a rename, and only where they differ', async () => {
    const {exec, asked} = fakeExec((node, [program]) =>
      program === 'cat' ? (node === 'a' ? 'text' : {exitCode: 1}) : '',
    )

    expect(
      await writeNodeFiles(
        {type: 'write-node-files', path: '/etc/x/n.conf', files: {a: 'text', b: 'text'}},
        fakeContext({engine: {exec}}),
      ),
    ).toEqual({already: false})
    expect(asked).toEqual([
      'a: cat /etc/x/n.conf',
      'b: cat /etc/x/n.conf',
      'b: install -D -m 0644 /dev/stdin /etc/x/.n.conf.new',
      'b: mv -f /etc/x/.n.conf.new /etc/x/n.conf',
    ])
  })

  test('are deleted where they are', async () => {
    const {exec, asked} = fakeExec((node, [program]) => (program === 'test' && node === 'b' ? {exitCode: 1} : ''))

    expect(
      await deleteNodeFiles({type: 'delete-node-files', path: '/x', nodes: ['a', 'b']}, fakeContext({engine: {exec}})),
    ).toEqual({already: false})
    expect(asked.filter((line) => line.includes('rm'))).toEqual(['a: rm -rf /x'])
  })

  test('pin the node’s address once', async () => {
    const held = new Map<string, string>()
    const {exec, asked} = fakeExec((node, [program], {stdin}) => {
      if (program === 'cat') return held.has(node) ? (held.get(node) ?? '') : {exitCode: 1}
      if (program === 'install') held.set(node, typeof stdin === 'string' ? stdin : '')
      return ''
    })
    const action = {type: 'pin-node-addresses', nodes: ['a'], subnets: ['172.30.0.0/24']} as const

    expect(await pinNodeAddresses(action, fakeContext({engine: {exec}}))).toEqual({already: false})
    expect(await pinNodeAddresses(action, fakeContext({engine: {exec}}))).toEqual({already: true})
    expect(held.get('a')).toContain("subnets='172.30.0.0/24'")
    expect(asked).toContain('a: install -D -m 0755 /dev/stdin /usr/local/sbin/.getent.new')
  })
})

describe('install-chart', () => {
  const program = (name: 'helm' | 'cilium-chart'): Artifact => ({
    name,
    type: 'program',
    version: '1',
    platform: 'linux/amd64',
    origin: {kind: 'path', file: `/${name}`},
  })
  const lists = [{path: 'securityContext.capabilities.ciliumAgent', wanted: ['NET_ADMIN', 'SYS_RESOURCE', 'SYSLOG']}]
  const values = {cni: {exclusive: false}, securityContext: {privileged: false}}

  test('asks for no capability that the node does not have, and says so', async () => {
    const {exec} = fakeExec(() => 'Name:\tsystemd\nCapBnd:\t000001fffeffffff\n')
    const asked: {valuesYaml?: string} = {}
    const context = fakeContext({
      engine: {exec},
      helm: {upgrade: async (options) => (Object.assign(asked, options), false)},
    })

    const result = await installChart(
      {
        type: 'install-chart',
        helm: program('helm'),
        chart: program('cilium-chart'),
        release: 'cilium',
        namespace: 'kube-system',
        values,
        capabilityLists: lists,
        node: 'n',
      },
      context,
    )

    expect(result).toEqual({already: false})
    expect(asked).toMatchObject({program: '/helm', chart: '/cilium-chart', kubeconfig: '/state/demo/kubeconfig'})
    expect(asked.valuesYaml).toBe(
      'cni:\n  exclusive: false\nsecurityContext:\n  privileged: false\n  capabilities:\n    ciliumAgent:\n      - NET_ADMIN\n      - SYSLOG\n',
    )
    expect(context.told).toEqual(['left out, since n does not have them: SYS_RESOURCE'])
  })
})

describe('delete-node-links', () => {
  const action = {type: 'delete-node-links', links: ['br-a', 'br-b'], nodes: ['one', 'two']} as const

  test('deletes each where it is, and is content where none is', async () => {
    const there = new Set(['one br-a', 'two br-a', 'two br-b'])
    const {exec, asked} = fakeExec((node, argv) => {
      const link = argv.at(-1)?.split('/').at(-1) ?? ''
      if (argv[0] === 'test') return {exitCode: there.has(`${node} ${link}`) ? 0 : 1}
      there.delete(`${node} ${link}`)
      return ''
    })

    expect(await deleteNodeLinks(action, fakeContext({engine: {exec}}))).toEqual({already: false})
    expect(asked.filter((line) => line.includes('delete')).toSorted()).toEqual([
      'one: ip link delete br-a',
      'two: ip link delete br-a',
      'two: ip link delete br-b',
    ])
    expect(await deleteNodeLinks(action, fakeContext({engine: {exec}}))).toEqual({already: true})
  })
})

describe('boundingSet', () => {
  test('reads the mask of /proc/PID/status', () => {
    expect([...boundingSet('CapBnd:\t0000000000003001\n')]).toEqual(['CHOWN', 'NET_ADMIN', 'NET_RAW'])
    expect(boundingSet('CapBnd:\t000001ffffffffff\n').size).toBe(41)
  })

  test('takes a node that does not say for one that has all', () => {
    expect(boundingSet('').has('SYS_RESOURCE')).toBe(true)
  })
})

/** A node with these plugins, and a tar that unpacks those of the archive. */
function nodeWith(present: readonly string[], packed: readonly string[], {unpacked = false, links = true} = {}) {
  const bin = new Set(present)
  const folder = 'k8s-local-plugins-v1.9.1'
  let kept = unpacked
  const {exec, asked} = fakeExec((_, [program]) => {
    if (program === 'find')
      return [
        ...[...bin].map((name) => `bin/${name}`),
        ...(kept ? packed.map((name) => `${folder}/${name}`) : []),
      ].join('\n')
    if (program === 'cp' && links) for (const name of packed) bin.add(name)
    if (program === 'mv') kept = true
    return ''
  })
  return {exec, asked, bin}
}
