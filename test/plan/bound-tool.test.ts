import {describe, expect, test} from 'vitest'
import {bindTool} from '../../src/plan/bound-tool.ts'
import {chooseInterface} from '../../src/plan/choose-interface.ts'
import {debugContainer} from '../../src/plan/debug-container.ts'
import {givenPod, givenTarget} from './given-target.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

const net1 = {name: 'net1', address: '172.30.0.40'}

describe('a tool', () => {
  test.each([
    ['ping -c 3 x', 'ping -I net1 -c 3 x'],
    ['/usr/bin/ping x', '/usr/bin/ping -I net1 x'],
    ['arping x', 'arping -I net1 x'],
    ['tcpdump -n', 'tcpdump -i net1 -n'],
    ['traceroute x', 'traceroute -i net1 x'],
    ['curl http://x', 'curl --interface net1 http://x'],
    ['iperf3 -c x', 'iperf3 -B 172.30.0.40 -c x'],
    ['nc x 80', 'nc -s 172.30.0.40 x 80'],
    ['dig x', 'dig -b 172.30.0.40 x'],
    ['ssh x', 'ssh -b 172.30.0.40 x'],
    ['ip neigh show dev {interface}', 'ip neigh show dev net1'],
    ['socat - TCP:x:80,bind={address}', 'socat - TCP:x:80,bind=172.30.0.40'],
    ['ping -I {address} x', 'ping -I 172.30.0.40 x'],
  ])('%s is bound: %s', (words, argv) => {
    expect(bindTool(words.split(' '), net1)).toEqual({argv: argv.split(' ')})
  })

  test.each([
    ['wget x', 'how wget is bound to an interface is not known here'],
    ['ping -I net2 x', 'ping has -I already, which binds it'],
    ['curl --interface=net2 x', 'curl has --interface already, which binds it'],
  ])('%s is refused', (words, fault) => {
    expect(bindTool(words.split(' '), net1)).toHaveProperty('fault', expect.stringContaining(fault))
  })

  test('cannot be bound to an address that is not there', () => {
    const bare = {name: 'net1'}

    expect(bindTool(['iperf3', '-s'], bare)).toHaveProperty('fault', 'net1 has no address to bind iperf3 to')
    expect(bindTool(['echo', '{address}'], bare)).toHaveProperty('fault', 'net1 has no address to bind echo to')
    expect(bindTool(['ping', 'x'], bare)).toEqual({argv: ['ping', '-I', 'net1', 'x']})
  })
})

describe('the interface', () => {
  const status = [
    {name: 'cilium', interface: 'eth0', ips: ['10.244.1.7'], default: true},
    {name: 'default/data', interface: 'net1', ips: ['172.30.0.40', 'fd00::4']},
  ]
  const pod = givenPod('left', {status})

  test('is the only second one where none is named', () => {
    expect(chooseInterface(pod, undefined)).toMatchObject(net1)
    expect(chooseInterface(pod, 'eth0')).toMatchObject({name: 'eth0', address: '10.244.1.7'})
  })

  test('has to be there, and to be clear', () => {
    const two = givenPod('left', {status: [...status, {name: 'default/lan', interface: 'lan0'}]})

    expect(problemOf(() => chooseInterface(pod, 'net7'))).toMatchObject({
      message: 'default/left has no interface net7',
      cause: 'It has: eth0, net1',
    })
    expect(problemOf(() => chooseInterface(two, undefined))).toMatchObject({
      message: 'default/left has several second interfaces: say which',
      suggestions: ['--interface net1', '--interface lan0'],
    })
    expect(problemOf(() => chooseInterface(givenPod('left'), undefined)).cause).toBe(
      'Multus has reported no interface of it yet',
    )
  })
})

describe('a container with network tools', () => {
  const container = {name: 'k8s-local-debug-1', image: 'k8s-local/probe:v1'}
  const pod = (state: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'left', namespace: 'team'},
    spec: {nodeName: 'dev-worker', ephemeralContainers: [container]},
    status: {ephemeralContainerStatuses: [{name: container.name, state}]},
  })

  test('comes onto the node of the pod, into the pod, and is waited for', async () => {
    const {plan, name} = debugContainer({pod: {...pod({}), spec: {nodeName: 'dev-worker'}}}, givenTarget())

    expect(name).toBe('k8s-local-debug-1')
    expect(plan?.steps[0]?.action).toMatchObject({type: 'import-images', nodes: ['dev-worker']})
    await expect(
      planText(plan ?? {title: '', cluster: '', steps: [], onFailure: [], always: [], timeoutSeconds: 0}),
    ).toMatchFileSnapshot('../golden/plans/debug-container.txt')
  })

  test('that was added before and runs still is used again; one that has ended is not', () => {
    expect(debugContainer({pod: pod({running: {}})}, givenTarget())).toEqual(container)
    expect(debugContainer({pod: pod({terminated: {}})}, givenTarget())).toMatchObject({name: 'k8s-local-debug-2'})
    expect(debugContainer({pod: pod({running: {}}), image: 'netshoot'}, givenTarget())).toMatchObject({
      name: 'k8s-local-debug-2',
      image: 'netshoot',
      plan: {steps: [{id: 'debug-container'}, {id: 'debug-container-runs'}]},
    })
  })
})
