import {describe, expect, test} from 'vitest'
import type {Seen} from '../../src/steps/check-request.ts'
import {judge, json, text, textOf, unseen, valueOf} from './recorded.ts'

const absent = (path: string): Seen => ({type: 'failed', reason: `${path} does not exist`})
const nothing = json({items: []})

describe('crd-served', () => {
  test('a served type passes with its short names', () => {
    expect(judge('crd-served', 'healthy')).toEqual({
      status: 'pass',
      summary: 'k8s.cni.cncf.io/v1, also as nad, net-attach-def',
    })
  })

  test('by hand: a type that serves no version fails, and so does one that was deleted', () => {
    const crd = json({spec: {versions: [{name: 'v1', served: false}]}})
    const served = absent('served')

    expect(judge('crd-served', 'healthy', {evidence: {served, crd}})).toMatchObject({
      status: 'fail',
      summary: 'the API serves no network-attachment-definitions of k8s.cni.cncf.io/v1',
      cause: 'its CustomResourceDefinition does not serve v1',
    })
    expect(judge('crd-served', 'healthy', {evidence: {served, crd: absent('crd')}}).cause).toContain('was deleted')
  })

  test('by hand: a short name that another type has is a warning', () => {
    const served = json({resources: [{name: 'network-attachment-definitions', shortNames: []}]})

    expect(judge('crd-served', 'healthy', {evidence: {served}}).status).toBe('warn')
  })

  test('an API that does not answer is an error', () => {
    expect(judge('crd-served', 'healthy', {evidence: {served: unseen}}).status).toBe('error')
  })
})

describe('multus-image', () => {
  test('one image everywhere, the one that was pinned, passes', () => {
    expect(judge('multus-image', 'healthy')).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^ghcr.io\/k8snetworkplumbingwg\/multus-cni:v4.3.0, sha256:\S+ on 3 nodes$/),
    })
  })

  const pods = () => valueOf('multus-image', 'healthy', 'pods') as unknown as {items: Pod[]}
  interface Pod {
    status: {containerStatuses: {imageID: string}[]}
    spec: {containers: {image: string}[]}
  }

  test('by hand: a pod that was changed to another image fails', () => {
    const changed = pods()
    const [container] = changed.items[2]?.spec.containers ?? []
    if (container) container.image = 'ghcr.io/k8snetworkplumbingwg/multus-cni:another'

    expect(judge('multus-image', 'healthy', {evidence: {pods: json(changed)}})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^Multus on dev-\S+ is another image than on the other nodes$/),
      cause: expect.stringContaining('its pod was changed to ghcr.io/k8snetworkplumbingwg/multus-cni:another'),
    })
  })

  test('by hand: a node that holds another image under the same name fails', () => {
    const changed = pods()
    const [status] = changed.items[2]?.status.containerStatuses ?? []
    if (status) status.imageID = `sha256:${'b'.repeat(64)}`

    expect(judge('multus-image', 'healthy', {evidence: {pods: json(changed)}})).toMatchObject({
      status: 'fail',
      cause: expect.stringContaining('the node holds another image under the name'),
    })
  })

  test("by hand: upstream's moving tag is a warning, and so is an image that was not the one pinned", () => {
    const image = 'ghcr.io/k8snetworkplumbingwg/multus-cni:snapshot'
    const moving = pods()
    for (const {spec} of moving.items) for (const container of spec.containers) container.image = image
    const daemonSet = json({spec: {template: {spec: {containers: [{image}]}}}})

    expect(judge('multus-image', 'healthy', {evidence: {pods: json(moving), daemonSet}})).toMatchObject({
      status: 'warn',
      summary: 'Multus runs from the moving tag snapshot',
    })
    const pinned = {name: 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0', digests: [`sha256:${'c'.repeat(64)}`]}
    expect(judge('multus-image', 'healthy', {subject: {pinned}}).summary).toContain('is not the image that was pinned')
    expect(judge('multus-image', 'healthy', {subject: {pinned: null}}).status).toBe('pass')
  })

  test('without pods it is for multus-ready to say', () => {
    expect(judge('multus-image', 'healthy', {evidence: {pods: nothing}})).toEqual({
      status: 'skip',
      summary: 'no Multus pod runs: see multus-ready',
    })
  })
})

describe('multus-connected', () => {
  test('a token that the API accepts passes', () => {
    expect(judge('multus-connected', 'healthy')).toEqual({
      status: 'pass',
      summary: 'the API knows it as system:serviceaccount:kube-system:multus',
    })
  })

  test('by hand: one that it does not accept fails with what it leads to', () => {
    const whoami = text('', 1, 'error: You must be logged in to the server (Unauthorized)\n')

    expect(judge('multus-connected', 'healthy', {evidence: {whoami}})).toMatchObject({
      status: 'fail',
      summary: 'the API does not accept the token in /etc/cni/net.d/multus.d/multus.kubeconfig',
      cause: expect.stringContaining('Unauthorized'),
    })
  })

  test.each([
    [
      'error: stat /etc/cni/net.d/multus.d/multus.kubeconfig: no such file or directory',
      'fail',
      'has written no kubeconfig',
    ],
    ['Unable to connect to the server: dial tcp 10.96.0.1:443: i/o timeout', 'fail', 'the API cannot be reached'],
    ['OCI runtime exec failed: exec: "kubectl": executable file not found in $PATH: unknown', 'skip', 'has no kubectl'],
  ])('by hand: %s', (words, status, summary) => {
    expect(judge('multus-connected', 'healthy', {evidence: {whoami: text('', 1, words)}})).toMatchObject({
      status,
      summary: expect.stringContaining(summary),
    })
  })

  test('a node without a ready Multus is for multus-ready to say', () => {
    expect(judge('multus-connected', 'healthy', {evidence: {pods: nothing}}).status).toBe('skip')
  })

  /** What the programs of the thick image print. */
  const version = (program: string, number = 'v4.3.0') =>
    text(`${program}: version:${number}(,lab), commit:unknown commit, date:unknown date\n`)
  const thick = (evidence: Readonly<Record<string, Seen>>) =>
    judge('multus-connected', 'healthy', {
      subject: {mode: 'thick'},
      evidence: {healthz: text('ok'), shim: version('multus-shim'), daemon: version('multus-daemon'), ...evidence},
    })

  test('thick: a daemon that answers, of the version of its shim, passes', () => {
    expect(thick({})).toEqual({
      status: 'pass',
      summary: 'the daemon answers on /run/multus/multus.sock, v4.3.0 as multus-shim',
    })
    expect(thick({daemon: text('')}).summary).toContain('versions are unknown')
  })

  test('thick: a socket that nobody answers, and a shim of another version, fail', () => {
    const refused = text('', 7, "curl: (7) Couldn't connect to server")

    expect(thick({healthz: refused})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('does not answer'),
    })
    expect(thick({shim: version('multus-shim', 'v4.2.1')}).summary).toBe(
      'multus-shim is v4.2.1, and the daemon is v4.3.0',
    )
  })
})

describe('multus-memory', () => {
  test('little use passes with figures', () => {
    expect(judge('multus-memory', 'healthy')).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^\d+ MiB of 256Mi, at most \d+ MiB/),
    })
  })

  interface Pod {
    metadata: {uid: string}
    spec: {containers: {resources: object}[]}
    status: {containerStatuses: {lastState: object}[]}
  }
  const pods = (change: (pod: Pod) => void): Seen => {
    const value = valueOf('multus-memory', 'healthy', 'pods') as unknown as {items: Pod[]}
    for (const pod of value.items) change(pod)
    return json(value)
  }
  const limited = pods(({spec}) => {
    for (const container of spec.containers) container.resources = {limits: {memory: '50Mi'}}
  })
  const made = '2026-11-28T00:30:00Z'
  const burst = (ready: number): Seen =>
    json({
      items: Array.from({length: 6}, (_, place) => ({
        metadata: {creationTimestamp: made},
        status: {containerStatuses: [{ready: place < ready}]},
      })),
    })
  const after = (seconds: number): Seen => text(`${Date.parse(made) / 1000 + seconds}\n`)
  const thick = (evidence: Readonly<Record<string, Seen>>) =>
    judge('multus-memory', 'healthy', {
      subject: {mode: 'thick'},
      evidence: {burst: burst(6), now: after(8), ...evidence},
    })

  test('by hand: thick with enough passes once all pods of the burst run', () => {
    expect(thick({}).summary).toMatch(/while 6 pods started at once$/)
    expect(thick({burst: burst(2)})).toEqual({
      status: 'fail',
      summary: '2 of 6 pods that were started at once are Ready, after 8 s',
    })
  })

  test('by hand: a burst that does not get there is for attach-ready to say', () => {
    expect(thick({burst: burst(2), now: after(55)}).status).toBe('skip')
  })

  test("by hand: upstream's limit is a warning while nothing was killed", () => {
    expect(thick({pods: limited})).toMatchObject({status: 'warn', summary: expect.stringContaining('is 50Mi')})
  })

  const killed = (finishedAt: string): Seen =>
    pods(({status, spec}) => {
      for (const container of spec.containers) container.resources = {limits: {memory: '50Mi'}}
      for (const container of status.containerStatuses)
        container.lastState = {terminated: {reason: 'OOMKilled', finishedAt}}
    })

  test('by hand: killed under the burst fails with the limit; killed before is for multus-ready to say', () => {
    expect(thick({pods: killed('2026-11-28T00:30:05Z')})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('was killed while pods started'),
      cause: expect.stringContaining('multus #1346'),
    })
    expect(thick({pods: killed('2026-11-28T00:29:00Z')}).status).toBe('skip')
  })

  test('by hand: a plugin that was killed in the memory of the daemon fails though the daemon lives', () => {
    const seen = textOf('multus-memory', 'healthy', 'dev-worker').replaceAll('oom_kill 0', 'oom_kill 2')

    expect(thick({'dev-worker': text(seen)})).toMatchObject({
      status: 'fail',
      evidence: expect.arrayContaining([expect.stringMatching(/^dev-worker: 0 restarts, [1-9]\d* kills/)]),
    })
  })

  test('by hand: cgroup v2 is read too', () => {
    const uid = '911e0e72_8582_47b7_9b9b_36900114fbf9'
    const folder = `/sys/fs/cgroup/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${uid}.slice/cri-containerd-1.scope`
    const seen = [
      `${folder}/memory.stat:anon 209715200`,
      `${folder}/memory.peak:220200960`,
      `${folder}/memory.events:oom_kill 0`,
    ]
    const plain = pods(({metadata}) => {
      metadata.uid = uid.replaceAll('_', '-')
    })

    expect(
      judge('multus-memory', 'healthy', {evidence: {pods: plain, 'dev-worker': text(seen.join('\n'))}}),
    ).toMatchObject({
      status: 'pass',
      summary: expect.stringContaining('200 MiB of 256Mi, at most 210 MiB'),
    })
  })
})

describe('multus-rights', () => {
  test('the roles of our manifest pass', () => {
    expect(judge('multus-rights', 'healthy').status).toBe('pass')
    expect(judge('multus-rights', 'healthy', {subject: {mode: 'thick'}}).status).toBe('pass')
  })

  test('by hand: without its binding it fails, with what that leads to', () => {
    expect(judge('multus-rights', 'healthy', {evidence: {bindings: nothing}})).toMatchObject({
      status: 'fail',
      summary: 'kube-system/multus may not get network-attachment-definitions, get pods, update pods/status',
      cause: expect.stringContaining('ContainerCreating'),
    })
  })

  test('by hand: thick needs more, and every right may come from a wildcard', () => {
    const role = (rules: readonly object[]) => json({items: [{metadata: {name: 'multus'}, rules}]})
    const least = [
      {apiGroups: ['k8s.cni.cncf.io'], resources: ['*'], verbs: ['*']},
      {apiGroups: [''], resources: ['pods', 'pods/status'], verbs: ['get', 'update']},
    ]

    expect(judge('multus-rights', 'healthy', {evidence: {roles: role(least)}}).status).toBe('pass')
    expect(judge('multus-rights', 'healthy', {subject: {mode: 'thick'}, evidence: {roles: role(least)}}).summary).toBe(
      'kube-system/multus may not list pods, watch pods',
    )
  })

  test('without a DaemonSet it is for multus-ready to say', () => {
    expect(judge('multus-rights', 'healthy', {evidence: {daemonSet: absent('daemonset')}}).status).toBe('skip')
  })
})

describe('multus-leftovers', () => {
  test('a node with thin and nothing else passes', () => {
    expect(judge('multus-leftovers', 'healthy').status).toBe('pass')
  })

  const besides = (name: string) => ({
    files: text(textOf('multus-leftovers', 'healthy', 'files').replace('\nmultus\n', `\nmultus\n${name}\n`), 2),
  })

  test("by hand: thick's shim beside thin is a warning", () => {
    expect(judge('multus-leftovers', 'healthy', {evidence: besides('multus-shim')})).toMatchObject({
      status: 'warn',
      summary: '/opt/cni/bin/multus-shim was left behind',
    })
  })

  test('by hand: the configuration of a Multus that is gone fails, for the runtime still calls it', () => {
    expect(judge('multus-leftovers', 'healthy', {evidence: {daemonSet: absent('daemonset')}})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^Multus is gone, and 00-multus.conf is still on dev-/),
      fix: 'rm /etc/cni/net.d/00-multus.conf on the node',
    })
  })

  test('by hand: programs alone are a warning, and so is what Cilium renamed', () => {
    const files = (text_: string) => ({files: text(text_, 2)})
    const gone = {daemonSet: absent('daemonset')}

    expect(
      judge('multus-leftovers', 'healthy', {
        subject: {mode: 'none'},
        evidence: {...gone, ...files('/etc/cni/net.d:\n05-cilium.conflist\n\n/opt/cni/bin:\nmultus\n')},
      }),
    ).toMatchObject({status: 'warn', fix: 'docker exec dev-worker2 rm -r /opt/cni/bin/multus'})
    expect(
      judge('multus-leftovers', 'healthy', {evidence: files('/etc/cni/net.d:\n10-kindnet.conflist.cilium_bak\n')}),
    ).toMatchObject({status: 'warn', cause: 'Cilium once ran with cni.exclusive=true here'})
  })

  test('a node that cannot be looked at is an error', () => {
    expect(judge('multus-leftovers', 'healthy', {evidence: {files: unseen}}).status).toBe('error')
  })
})

describe('cni-shares', () => {
  test('a Cilium that shares passes', () => {
    expect(judge('cni-shares', 'healthy')).toEqual({
      status: 'pass',
      summary:
        "Cilium: cni-exclusive is false, in its ConfigMap and its agents; Multus' copy of 05-cilium.conflist is up to date",
    })
  })

  const set = json({data: {'cni-exclusive': 'true'}})
  const agents = Object.fromEntries(
    ['dev-control-plane', 'dev-worker', 'dev-worker2'].map((node) => [`${node} agent`, text('true')]),
  )

  test('by hand: one that is exclusive fails, before its agents know it and after', () => {
    expect(judge('cni-shares', 'healthy', {evidence: {config: set}})).toMatchObject({
      status: 'fail',
      summary: 'cni-exclusive is true in cilium-config: it takes effect when the agents start again',
    })
    expect(judge('cni-shares', 'healthy', {evidence: {config: set, ...agents}})).toMatchObject({
      status: 'fail',
      summary: 'Cilium runs with cni-exclusive=true on dev-control-plane, dev-worker, dev-worker2',
    })
  })

  test('by hand: agents that have not been restarted since it was mended fail', () => {
    expect(judge('cni-shares', 'healthy', {evidence: agents}).fix).toMatch(/^restart the Cilium agents/)
  })

  test("by hand: a file that is newer than thin Multus' copy is a warning", () => {
    const seen = textOf('cni-shares', 'healthy', 'dev-worker2 texts')
    const drifted = {'dev-worker2 texts': text(seen.replace('"enable-debug": false', '"enable-debug": true'), 1)}

    expect(judge('cni-shares', 'healthy', {evidence: drifted})).toMatchObject({
      status: 'warn',
      summary: '05-cilium.conflist is newer than the copy of it that Multus uses on dev-worker2',
    })
  })

  test('by hand: Calico has no such setting, and thick no copy', () => {
    const subject = {cni: 'calico', confFile: '10-calico.conflist', thin: false}

    expect(judge('cni-shares', 'healthy', {subject})).toEqual({
      status: 'pass',
      summary: 'Calico keeps to its own file',
    })
  })
})
