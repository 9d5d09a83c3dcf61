import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import PodAdd from '../../src/commands/pod/add.ts'
import PodAttach from '../../src/commands/pod/attach.ts'
import PodDetach from '../../src/commands/pod/detach.ts'
import PodExec from '../../src/commands/pod/exec.ts'
import PodRemove from '../../src/commands/pod/remove.ts'
import PodShow from '../../src/commands/pod/show.ts'
import {eth0, type FakeCluster, net1, runningPod, startFakeCluster} from './support/fake-cluster.ts'

let cluster: FakeCluster
beforeEach(async () => {
  cluster = await startFakeCluster()
})
afterEach(() => cluster.stop())

const web = '/apis/apps/v1/namespaces/default/deployments/web'

function addWeb(networks?: string): void {
  const annotations = networks === undefined ? {} : {annotations: {'k8s.v1.cni.cncf.io/networks': networks}}
  cluster.add({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'web', namespace: 'default'},
    spec: {
      replicas: 2,
      selector: {matchLabels: {app: 'web'}},
      template: {metadata: {labels: {app: 'web'}, ...annotations}},
    },
  })
}

describe('pod attach and detach', () => {
  test('change the template, tell the difference, and wait', async () => {
    addWeb('data')

    const {stdout, stderr, exitCode} = await cluster.run(PodAttach, ['deployment/web', '--network', 'lan@lan0'])

    expect(stderr).toContain('Note: k8s.v1.cni.cncf.io/networks of Deployment default/web\n- data\n+ data, lan@lan0')
    expect(stderr).toContain('Note: restarts 0 pods of Deployment default/web: one after another')
    expect(stdout).toContain('Attach networks to Deployment default/web: done')
    expect(exitCode).toBe(0)
    expect(cluster.object(web)).toMatchObject({
      spec: {
        selector: {matchLabels: {app: 'web'}},
        template: {
          metadata: {labels: {app: 'web'}, annotations: {'k8s.v1.cni.cncf.io/networks': 'data, lan@lan0'}},
        },
      },
    })

    await cluster.run(PodDetach, ['deployment/web', '--network', 'data'])
    expect(cluster.object(web)).toHaveProperty(
      ['spec', 'template', 'metadata', 'annotations', 'k8s.v1.cni.cncf.io/networks'],
      'lan@lan0',
    )
    await cluster.run(PodDetach, ['deployment/web', '--network', 'lan'])
    expect(cluster.object(web)).toHaveProperty(['spec', 'template', 'metadata', 'annotations'], {})
  })

  test('find done what is as asked', async () => {
    addWeb('data')

    expect((await cluster.run(PodAttach, ['deploy/web', '--network', 'data'])).stdout).toContain('already as asked')
  })

  test('show with --dry-run, and change nothing', async () => {
    addWeb('data')

    const {stdout} = await cluster.run(PodAttach, ['deployment/web', '--network', 'lan', '--dry-run'])

    expect(stdout).toContain('- data\n+ data, lan')
    expect(stdout).toContain('kubectl --context kind-fake patch --namespace default deployment web --type strategic')
    expect(cluster.api.requests.every(({method}) => method === 'GET')).toBe(true)
  })

  test('list all that is wrong before anything is changed', async () => {
    addWeb('data')

    const argv = ['deployment/web', '--network', 'lan', '--network', 'nowhere', '--ip', 'lan=10.21.0.9']
    const {stderr, exitCode} = await cluster.run(PodAttach, argv)

    expect(flat(stderr)).toContain('whereabouts hands out the addresses of default/lan, and takes no requests')
    expect(flat(stderr)).toContain('there is no network default/nowhere')
    expect(flat(stderr)).toContain('the 2 pods of Deployment default/web cannot share one address')
    expect(exitCode).toBe(2)
  })

  test('need a workload and a network', async () => {
    const {stderr, exitCode} = await cluster.run(PodAttach, [])

    expect(stderr).toContain('pod attach needs WORKLOAD and --network NETWORK')
    expect(exitCode).toBe(2)
  })
})

describe('pod add', () => {
  test('refuses everything at once, and asks the API to change nothing', async () => {
    const argv = ['left', '--network', 'data', '--ip', '10.20.0.200', '--bandwidth', '10M', '--node', 'x']
    const {stderr, exitCode} = await cluster.run(PodAdd, argv)

    expect(stderr).toContain('there is no node x')
    expect(flat(stderr)).toContain('10.20.0.200 is outside the range of default/data: 10.20.0.10-10.20.0.99')
    expect(flat(stderr)).toContain('the plugin bandwidth shapes veth pairs only, and default/data is macvlan')
    expect(exitCode).toBe(2)
    expect(cluster.api.requests.every(({method}) => method === 'GET')).toBe(true)
  })

  test('names a workload that exists', async () => {
    addWeb()

    const {stderr, exitCode} = await cluster.run(PodAdd, ['web', '--as', 'deployment', '--network', 'data'])

    expect(stderr).toContain('The Deployment default/web exists')
    expect(exitCode).toBe(6)
  })

  test('shows the objects with --dry-run', async () => {
    const {stdout} = await cluster.run(PodAdd, ['db', '--as', 'statefulset', '--network', 'data', '--dry-run'])

    expect(stdout).toContain('kind: StatefulSet')
  })
})

test('pod remove leaves the Deployment of somebody else alone', async () => {
  addWeb()

  expect((await cluster.run(PodRemove, ['deployment/web'])).exitCode).toBe(2)
  expect(cluster.object(web)).toBeDefined()
})

describe('pod show', () => {
  const addr = [
    link('lo', '127.0.0.1', 8, 'loopback'),
    link('eth0', '10.244.1.7', 32, 'ether', '0a:00:00:00:00:07'),
    link('net1', '10.20.0.11', 24, 'ether', '02:00:5e:10:00:01'),
  ]
  const routes = [
    {dst: 'default', gateway: '10.244.1.1', dev: 'eth0'},
    {dst: '10.20.0.0/24', dev: 'net1'},
  ]

  beforeEach(() => cluster.add(runningPod('left', {networks: 'data', status: [eth0, net1]})))

  test('decodes what Multus has reported', async () => {
    const {stdout, exitCode} = await cluster.run(PodShow, ['left'])

    await expect(stdout).toMatchFileSnapshot('../golden/terminal/pod.txt')
    expect(exitCode).toBe(0)
  })

  test('looks inside with --live, and names the difference', async () => {
    cluster.api.onExec = ({command}) => ({
      stdout: JSON.stringify(command.includes('addr') ? addr : command.includes('-4') ? routes : []),
    })

    const {stdout, exitCode} = await cluster.run(PodShow, ['left', '--live'])

    await expect(stdout).toMatchFileSnapshot('../golden/terminal/pod-live.txt')
    expect(exitCode).toBe(1)
  })

  test('says why it could not look inside', async () => {
    cluster.api.onExec = () => ({failure: 'exec: "ip": executable file not found in $PATH'})

    const {stdout, exitCode} = await cluster.run(PodShow, ['left', '--live'])

    expect(stdout).toContain('It could not be looked into: its image has no ip')
    expect(exitCode).toBe(1)
  })

  test('names the pods that there are', async () => {
    const {stderr, exitCode} = await cluster.run(PodShow, ['right'])

    expect(stderr).toContain('There is no pod default/right')
    expect(stderr).toContain('Pods with networks: default/left')
    expect(exitCode).toBe(2)
  })
})

describe('pod exec', () => {
  beforeEach(() => cluster.add(runningPod('left', {networks: 'data', status: [eth0, net1]})))

  test('binds the tool, and passes its output and its exit code on', async () => {
    cluster.api.onExec = ({command}) => ({stdout: `${command.join(' ')}\n`, stderr: 'lost\n', exitCode: 1})

    const {stdout, stderr, exitCode} = await cluster.run(PodExec, ['left', '--', 'ping', '-c', '1', '10.20.0.11'])

    expect(stdout).toBe('ping -I net1 -c 1 10.20.0.11\n')
    expect(stderr).toBe('lost\n')
    expect(exitCode).toBe(1)
  })

  test('leaves the words of the tool in their order, also those that occur twice', async () => {
    cluster.api.onExec = ({command}) => ({stdout: command.join(' '), exitCode: 0})

    const {stdout} = await cluster.run(PodExec, ['left', '--', 'ping', '-c', '1', '-W', '1', '10.20.0.11'])

    expect(stdout.trim()).toBe('ping -I net1 -c 1 -W 1 10.20.0.11')
  })

  test('is one document with --json', async () => {
    cluster.api.onExec = () => ({stdout: 'fine', exitCode: 0})

    const {stdout} = await cluster.run(PodExec, ['left', '--json', '--interface', 'eth0', '--', 'iperf3', '-s'])

    expect(JSON.parse(stdout)).toEqual({
      namespace: 'default',
      pod: 'left',
      interface: 'eth0',
      argv: ['iperf3', '-B', '10.244.1.7', '-s'],
      exitCode: 0,
      stdout: 'fine',
      stderr: '',
    })
  })

  test.each([
    [['--', 'wget', 'x'], 'how wget is bound to an interface is not known here'],
    [['--interface', 'net7', '--', 'ping', 'x'], 'default/left has no interface net7'],
    [['--', 'ping', '-I', 'net1', 'x'], 'ping has -I already, which binds it'],
    [[], 'pod exec needs -- TOOL ARGUMENTS'],
  ])('%j is refused', async (argv, message) => {
    const {stderr, exitCode} = await cluster.run(PodExec, ['left', ...argv])

    expect(flat(stderr)).toContain(message)
    expect(exitCode).toBe(2)
  })

  test('adds a container where the image lacks the tool, and runs it there', async () => {
    cluster.api.onExec = ({container, command}) =>
      container === null
        ? {failure: `exec: "${command[0]}": executable file not found in $PATH: unknown`}
        : {stdout: `${container}: ${command.join(' ')}\n`}
    const runs = {name: 'k8s-local-debug-1', state: {running: {}}}
    cluster.api.store.subscribe(({object}) => {
      const {ephemeralContainers} = object['spec'] as {readonly ephemeralContainers?: readonly object[]}
      const {ephemeralContainerStatuses} = object['status'] as {readonly ephemeralContainerStatuses?: readonly object[]}
      if (!ephemeralContainers || ephemeralContainerStatuses) return
      queueMicrotask(() =>
        cluster.add({
          ...object,
          status: {...(object['status'] as object), ephemeralContainerStatuses: [runs]},
        }),
      )
    })

    const argv = ['left', '--image', 'netshoot', '--', 'tcpdump', '-c', '1']
    const {stdout, stderr, exitCode} = await cluster.run(PodExec, argv)

    expect(stderr).toContain('left has no tcpdump: the container k8s-local-debug-1 with netshoot is added to it')
    expect(stdout).toBe('k8s-local-debug-1: tcpdump -i net1 -c 1\n')
    expect(exitCode).toBe(0)
    expect((await cluster.run(PodExec, argv)).stderr).toBe('')
  })
})

/** Without the line breaks of the page. */
function flat(text: string): string {
  return text.replaceAll(/\n\s*/g, ' ')
}

function link(ifname: string, local: string, prefixlen: number, type: string, address = '00:00:00:00:00:00'): object {
  return {ifname, mtu: 1500, address, link_type: type, flags: ['UP'], addr_info: [{local, prefixlen, scope: 'global'}]}
}
