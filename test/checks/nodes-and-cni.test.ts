import {describe, expect, test} from 'vitest'
import {judge, json, text, textOf, unseen, valueOf} from './recorded.ts'

describe('nodes-healthy', () => {
  test('a Ready node passes with its versions', () => {
    expect(judge('nodes-healthy', 'ready')).toEqual({
      status: 'pass',
      summary: 'Ready, kubelet v1.34.4, containerd 1.6.20',
    })
  })

  test('a node without CNI fails with the reason that the kubelet gives', () => {
    expect(judge('nodes-healthy', 'no-cni-yet')).toMatchObject({
      status: 'fail',
      summary: 'lab-worker is not Ready',
      cause: expect.stringContaining('cni plugin not initialized'),
      fix: 'kubectl describe node lab-worker',
    })
  })

  test('a node under pressure fails though it is Ready', () => {
    expect(judge('nodes-healthy', 'disk-pressure')).toMatchObject({
      status: 'fail',
      summary: 'lab-worker is Ready but reports DiskPressure',
    })
  })

  test('by hand: a node that never reported fails', () => {
    expect(judge('nodes-healthy', 'ready', {evidence: {node: json({status: {conditions: []}})}})).toMatchObject({
      status: 'fail',
      cause: 'it has no Ready condition: the kubelet has not reported',
    })
  })

  test('a node that cannot be looked at is an error', () => {
    expect(judge('nodes-healthy', 'ready', {evidence: {node: unseen}})).toEqual({
      status: 'error',
      summary: 'could not look at node klrun-worker: no answer within 10 s',
    })
  })
})

describe('node-address-kept', () => {
  test('an InternalIP on kind’s network passes', () => {
    expect(judge('node-address-kept', 'kept')).toEqual({status: 'pass', summary: 'InternalIP 172.18.0.4, on eth0'})
  })

  test('passes on a cluster of ours', () => {
    expect(judge('node-address-kept', 'kept-on-a-cluster-of-ours')).toEqual({
      status: 'pass',
      summary: 'InternalIP 172.18.0.3, on eth0',
    })
  })

  test('passes also where nobody asked the engine: the NIC of the default route tells', () => {
    expect(judge('node-address-kept', 'kept', {subject: {address: ''}})).toEqual({
      status: 'pass',
      summary: 'InternalIP 172.18.0.4, on eth0',
    })
  })

  test.each(['172.18.0.4', ''])('an InternalIP on an extra network fails (engine says "%s")', (address) => {
    expect(judge('node-address-kept', 'moved-to-extra-network', {subject: {address}})).toEqual({
      status: 'fail',
      summary: "InternalIP is 172.30.1.3, and the address on kind's network is 172.18.0.4",
      cause: '172.30.1.3 is on eth1, an extra network: a restart took it (kind #2917)',
      fix: 'docker restart lab-worker',
    })
  })

  test('by hand: an InternalIP that the node does not have any more fails', () => {
    expect(
      judge('node-address-kept', 'kept', {
        subject: {address: '172.18.0.9'},
        evidence: {addresses: text('2: eth0    inet 172.18.0.9/16 scope global eth0')},
      }),
    ).toMatchObject({
      status: 'fail',
      cause: 'no interface of lab-worker has 172.18.0.4: a restart gave the node another address',
    })
  })

  test('by hand: a node without InternalIP fails', () => {
    expect(judge('node-address-kept', 'kept', {evidence: {node: json({status: {addresses: []}})}})).toMatchObject({
      status: 'fail',
      summary: 'lab-worker has no InternalIP',
    })
  })

  test('by hand: without default route and without the engine nothing can be said', () => {
    expect(judge('node-address-kept', 'kept', {subject: {address: ''}, evidence: {routes: text('')}}).status).toBe(
      'error',
    )
  })

  test.each(['node', 'addresses', 'routes'])('a look at %s that fails is an error', (key) => {
    expect(judge('node-address-kept', 'kept', {evidence: {[key]: unseen}}).status).toBe('error')
  })
})

describe('cni-healthy', () => {
  test('a complete roll-out passes with its figures', () => {
    expect(judge('cni-healthy', 'cilium-rolled-out')).toEqual({status: 'pass', summary: 'cilium 3 of 3 available'})
  })

  test('a Deployment passes as well', () => {
    expect(judge('cni-healthy', 'cilium-operator-rolled-out')).toEqual({
      status: 'pass',
      summary: 'cilium-operator 1 of 1 available',
    })
  })

  test('pods that still start fail', () => {
    expect(judge('cni-healthy', 'cilium-starting')).toEqual({
      status: 'fail',
      summary: 'cilium 0 of 3 available',
      fix: 'kubectl -n kube-system describe daemonset cilium',
    })
  })

  test('by hand: a change that was not acted on fails, whatever the figures say', () => {
    const workload = {...valueOf('cni-healthy', 'cilium-rolled-out', 'workload'), metadata: {generation: 7}}

    expect(judge('cni-healthy', 'cilium-rolled-out', {evidence: {workload: json(workload)}})).toMatchObject({
      status: 'fail',
      summary: 'cilium: the latest change has not been acted on yet',
    })
  })

  test('by hand: pods of an older template fail', () => {
    const workload = valueOf('cni-healthy', 'cilium-rolled-out', 'workload')
    const status = {...(workload['status'] as unknown as object), updatedNumberScheduled: 1}

    expect(
      judge('cni-healthy', 'cilium-rolled-out', {evidence: {workload: json({...workload, status})}}),
    ).toMatchObject({status: 'fail', summary: 'cilium 3 of 3 available, 1 updated'})
  })

  const deployment = {kind: 'Deployment', namespace: 'kube-system', name: 'cilium-operator', cni: 'Cilium'}

  test('by hand: a Deployment is judged by its replicas', () => {
    const healthy = {
      metadata: {generation: 1},
      spec: {replicas: 1},
      status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1},
    }
    const leftOver = {...healthy, status: {...healthy.status, replicas: 2}}

    expect(
      judge('cni-healthy', 'cilium-rolled-out', {subject: deployment, evidence: {workload: json(healthy)}}),
    ).toEqual({status: 'pass', summary: 'cilium-operator 1 of 1 available'})
    expect(
      judge('cni-healthy', 'cilium-rolled-out', {subject: deployment, evidence: {workload: json(leftOver)}}).status,
    ).toBe('fail')
  })

  test('a workload that is not there is an error', () => {
    const reason = '/apis/apps/v1/namespaces/kube-system/daemonsets/cilium does not exist'

    expect(judge('cni-healthy', 'cilium-starting', {evidence: {workload: {type: 'failed', reason}}})).toEqual({
      status: 'error',
      summary: `could not look at Cilium's DaemonSet cilium: ${reason}`,
    })
  })
})

describe('multus-ready', () => {
  test.each([
    ['thin-healthy', 'v4.3.0'],
    ['thick-healthy', 'v4.3.0-thick'],
    ['thin-under-cilium', 'v4.3.0'],
  ])('%s passes and names the image', (name, tag) => {
    expect(judge('multus-ready', name)).toEqual({
      status: 'pass',
      summary: `ready on 3 of 3 nodes, no restarts (ghcr.io/k8snetworkplumbingwg/multus-cni:${tag})`,
    })
  })

  test('restarts are a warning, with the count of each node', () => {
    expect(judge('multus-ready', 'restarted-before-the-primary-cni')).toMatchObject({
      status: 'warn',
      summary: expect.stringContaining('after 9 restarts'),
      evidence: expect.arrayContaining(['lab-worker: running, 3 restarts']),
    })
  })

  test('by hand: a node without Multus fails by its name', () => {
    expect(
      judge('multus-ready', 'thin-healthy', {
        subject: {nodes: ['lab-control-plane', 'lab-worker', 'lab-worker2', 'lab-worker3']},
      }),
    ).toMatchObject({status: 'fail', summary: 'Multus is not ready on lab-worker3'})
  })

  test('by hand: a pod that was killed for memory fails, and the limit is raised', () => {
    const pods = JSON.stringify(valueOf('multus-ready', 'restarted-before-the-primary-cni', 'pods')).replace(
      '"reason":"Completed"',
      '"reason":"OOMKilled"',
    )

    expect(judge('multus-ready', 'thick-healthy', {evidence: {pods: json(JSON.parse(pods))}})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^Multus was killed for memory on lab-/),
      fix: 'kubectl -n kube-system set resources ds/kube-multus-ds --limits=memory=1Gi',
    })
  })

  test('by hand: a DaemonSet that counts fewer than it wants fails', () => {
    const daemonSet = valueOf('multus-ready', 'thin-healthy', 'daemonSet')
    const status = {...(daemonSet['status'] as unknown as object), numberAvailable: 2}

    expect(judge('multus-ready', 'thin-healthy', {evidence: {daemonSet: json({...daemonSet, status})}})).toMatchObject({
      status: 'fail',
      summary: 'kube-multus-ds 2 of 3 available',
    })
  })

  test.each(['daemonSet', 'pods'])('%s that cannot be looked at is an error', (key) => {
    expect(judge('multus-ready', 'thin-healthy', {evidence: {[key]: unseen}}).status).toBe('error')
  })
})

describe('plugins-present', () => {
  test('passes with what was looked for', () => {
    expect(judge('plugins-present', 'healthy')).toEqual({
      status: 'pass',
      summary: 'bridge, host-local, macvlan, multus, static present (20 binaries in all)',
    })
  })

  test('passes with what whereabouts has put there', () => {
    expect(judge('plugins-present', 'on-a-cluster-of-ours').summary).toBe(
      'host-local, macvlan, multus, whereabouts present (22 binaries in all)',
    )
  })

  test('a plugin that is not there fails with the way to get it', () => {
    expect(judge('plugins-present', 'healthy', {subject: {plugins: ['macvlan', 'whereabouts']}})).toMatchObject({
      status: 'fail',
      summary: 'whereabouts missing in /opt/cni/bin',
      fix: expect.stringContaining('--ipam host-local'),
    })
    expect(judge('plugins-present', 'healthy', {subject: {plugins: ['multus-shim']}}).fix).toBe(
      'kubectl -n kube-system rollout restart ds/kube-multus-ds',
    )
  })

  test.each([
    ['without the right to be executed', '-rwxr-xr-x 1 root root  3686562', '-rw-r--r-- 1 root root  3686562'],
    ['that is empty', '-rwxr-xr-x 1 root root  3686562', '-rwxr-xr-x 1 root root  0'],
  ])('by hand: a plugin %s fails', (_, from, to) => {
    const list = textOf('plugins-present', 'healthy', 'list').replace(from, to)

    expect(judge('plugins-present', 'healthy', {evidence: {list: text(list)}})).toMatchObject({
      status: 'fail',
      summary: 'macvlan in /opt/cni/bin cannot be executed or is empty',
    })
  })

  test('a directory that is not there is an error', () => {
    expect(
      judge('plugins-present', 'healthy', {
        evidence: {list: text('', 2, "ls: cannot access '/opt/cni/bin': No such file or directory\n")},
      }),
    ).toEqual({
      status: 'error',
      summary:
        "could not look at /opt/cni/bin on lab-worker: ls: cannot access '/opt/cni/bin': No such file or directory",
    })
  })
})
