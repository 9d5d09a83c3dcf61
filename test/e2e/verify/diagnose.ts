import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Diagnosis} from '../../../src/diagnosis/diagnosis.ts'
import type {Outcome} from '../../../src/run/events.ts'
import {documentOf, type Finished, k8sLocal, mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import type {Stage, Suite} from '../support/stage.ts'
import {hiddenValue, secretsOf} from './secrets.ts'

const namespace = 'diagnose-e2e'

/** A healthy cluster: that everything is there, that no secret of it is, and that it is as it was. */
export const diagnosing: Suite = (stage) => {
  const output = mkdtempSync(join(tmpdir(), 'k8s-local-e2e-diagnose-'))
  const worker = stage.nodes.workers[0]
  const only = ['-n', namespace]

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    const argv = ['pod', 'add', 'attached', '--namespace', namespace, '--network', 'default/lan', '--node', worker]
    expect((await inTurn(stage, [...argv, ...stage.at])).exitCode).toBe(0)
    const image = await kubectl(stage.cluster, [
      ...only,
      'get',
      'pod',
      'attached',
      '-o',
      'jsonpath={.spec.containers[0].image}',
    ])
    await apply(stage, podWithSecret(worker, image))
    await kubectl(stage.cluster, [...only, 'wait', '--for=condition=Ready', 'pod/secretive', '--timeout=120s'], 130)
  })
  afterAll(async () => {
    await kubectl(stage.cluster, ['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=120s'], 130)
    rmSync(output, {recursive: true})
  })

  const diagnose = async (...flags: readonly string[]): Promise<Diagnosis & {text(file: string): string}> => {
    const where = flags.length > 0 ? flags : stage.at
    const diagnosis = documentOf<Diagnosis>(
      await mustExit(0, stage.home, ['diagnose', ...where, '--output', output, '--json'], {timeoutSeconds: 120}),
    )
    return {...diagnosis, text: (file) => readFileSync(join(diagnosis.folder, file), 'utf8')}
  }

  test('all that was promised is there, and is what nodes and pods really have', async () => {
    const before = await stateOf(stage)
    const {text, files, missing} = await diagnose()

    expect(missing).toEqual([])
    for (const node of stage.nodes.all) {
      expect(text(`nodes/${node}/etc-cni-files.txt`)).toMatch(/"type": ?"multus/)
      expect(text(`nodes/${node}/plugins.txt`)).toContain('macvlan')
      expect(text(`nodes/${node}/addresses.txt`)).toContain('eth0')
      expect(text(`nodes/${node}/kernel-links.txt`)).toContain('macvlan: can be made')
      expect(text(`nodes/${node}/kubelet.log`)).toContain('kubelet')
    }
    expect(text(`nodes/${worker}/pod-addresses.txt`)).toContain('net1')
    expect(text(`nodes/${worker}/results.txt`)).toContain('"K8S_POD_NAME","attached"')
    expect(text(`pods/${namespace}/attached/addresses.txt`)).toContain('net1')
    expect(text('cluster/networks.json')).toContain('"lan"')
    expect(text('cluster/ippools.json')).toContain(`${namespace}/attached`)
    expect(
      files.filter(({file}) => /^logs\/kube-system\/kube-multus-ds-[^/]+\/kube-multus\.log$/.test(file)),
    ).toHaveLength(3)
    expect(text('engine/containers.json')).toContain(worker)
    expect(await stateOf(stage)).toEqual(before)
  })

  test('no secret of the cluster is in any file', async () => {
    const secrets = await secretsOf(stage, namespace)
    const {folder} = await diagnose()

    expect(secrets.length).toBeGreaterThan(10)
    const found = filesBelow(folder).flatMap((file) => {
      const text = readFileSync(file, 'utf8')
      return secrets.filter(({value}) => text.includes(value)).map(({what}) => `${what} in ${file}`)
    })
    expect(found).toEqual([])
  })

  test('with the API away, nodes and engine tell what they know', async () => {
    const file = join(output, 'nobody.kubeconfig')
    writeFileSync(file, kubeconfigFor(stage.cluster, 'https://127.0.0.1:1', 'nothing'))
    const {text, missing} = await diagnose('--context', `kind-${stage.cluster}`, '--kubeconfig', file)

    expect(text(`nodes/${worker}/agent-logs.txt`)).toContain('kube-multus')
    expect(text(`nodes/${worker}/containers.json`)).toContain('kube-multus')
    expect(new Set(missing.map((one) => one.file.split('/')[0]))).toEqual(new Set(['cluster']))
    expect(missing[0]?.reason).toContain('ECONNREFUSED')
  })

  test('without rights each refusal is noted', async () => {
    await kubectl(stage.cluster, [...only, 'create', 'serviceaccount', 'nobody'])
    const token = await kubectl(stage.cluster, [...only, 'create', 'token', 'nobody'])
    const server = await docker('port', stage.nodes.controlPlane, '6443')
    const file = join(output, 'nobody.kubeconfig')
    writeFileSync(file, kubeconfigFor('elsewhere', `https://${server}`, token))
    const {missing, text} = await diagnose('--context', 'kind-elsewhere', '--kubeconfig', file)

    expect(text('cluster/version.json')).toContain('gitVersion')
    expect(missing.find((one) => one.file === 'cluster/events.json')?.reason).toMatch(/may not get .*forbidden/)
    expect(missing.every(({reason}) => !reason.includes(token))).toBe(true)
  })

  describe('verify --bundle-on-failure', () => {
    test('collects before the pods that failed are removed, and says where', async () => {
      await apply(stage, badNetwork)
      const argv = ['verify', ...stage.at, '--network', `${namespace}/bad`, '--bundle-on-failure', output, '--json']
      const finished = await inTurn(stage, argv)

      const {diagnosis = '', status} = documentOf<Outcome>(finished)
      expect([finished.exitCode, status]).toEqual([1, 'checks-failed'])
      const pods = readFileSync(join(diagnosis, 'cluster/pods.json'), 'utf8')
      expect(pods).toContain(`"k8s.v1.cni.cncf.io/networks": `)
      expect(pods).toContain('bad')
      expect(JSON.parse(readFileSync(join(diagnosis, 'report.json'), 'utf8'))).toMatchObject({status: 'checks-failed'})
      expect(readFileSync(join(diagnosis, 'README.md'), 'utf8')).toContain('KL-6042')
    })

    test('collects nothing where all is well', async () => {
      const before = readdirSync(output)
      const argv = ['verify', ...stage.at, '--check', 'nodes-healthy', '--bundle-on-failure', output]
      expect((await inTurn(stage, argv)).exitCode).toBe(0)

      expect(readdirSync(output)).toEqual(before)
    })
  })
}

/** A command that changes the cluster, when others that work on it let it. */
async function inTurn({home}: Stage, argv: readonly string[]): Promise<Finished> {
  for (let turn = 0; ; turn += 1) {
    const finished = await k8sLocal(home, argv, {timeoutSeconds: 300})
    if (finished.exitCode !== 6 || turn === 60) return finished
    await new Promise((resolve) => setTimeout(resolve, 4000))
  }
}

function podWithSecret(node: string, image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'secretive', namespace, annotations: {'k8s.v1.cni.cncf.io/networks': 'default/lan'}},
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [{name: 'main', image, env: [{name: 'NOTE', value: hiddenValue}]}],
    },
  }
}

const badNetwork = {
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: {name: 'bad', namespace},
  // Not a missing plugin: thin Multus could not detach such a pod either, and it would stay.
  spec: {config: JSON.stringify({cniVersion: '0.3.1', name: 'bad', type: 'macvlan', master: 'nosuchnic'})},
}

async function apply({nodes}: Stage, object: object): Promise<void> {
  const argv = 'kubectl --kubeconfig=/etc/kubernetes/admin.conf apply -f -'.split(' ')
  const {exitCode, stderr} = await ran(['docker', 'exec', '-i', nodes.controlPlane, ...argv], {
    stdin: JSON.stringify(object),
  })
  if (exitCode !== 0) throw new Error(stderr)
}

function kubeconfigFor(name: string, server: string, token: string): string {
  const context = `kind-${name}`
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{name: context, cluster: {server, 'insecure-skip-tls-verify': true}}],
    users: [{name: context, user: {token}}],
    contexts: [{name: context, context: {cluster: context, user: context}}],
  })
}

/** What a reader could change by mistake: objects of the system by their version of the specification, files of CNI, links of nodes that are not those of pods. */
async function stateOf({cluster, nodes}: Stage): Promise<readonly string[]> {
  const kinds = 'daemonsets,deployments,configmaps,serviceaccounts'
  const path = '{range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.generation}{"\\n"}{end}'
  const objects = await kubectl(cluster, ['get', kinds, '-n', 'kube-system', '-o', `jsonpath=${path}`])
  const pods = await kubectl(cluster, ['get', 'pods', '-n', namespace, '-o', 'yaml'])
  const perNode = await Promise.all(
    nodes.all.map(async (node) => [
      // Multus and whereabouts renew their kubeconfigs themselves, whenever they like.
      await docker(
        'exec',
        node,
        ...'find /etc/cni /opt/cni/bin -type f ! -name *.kubeconfig -printf'.split(' '),
        '%p %s %T@\\n',
      ),
      (await docker('exec', node, 'ip', '-o', 'link'))
        .split('\n')
        .filter((line) => / eth\d/.test(line))
        .join('\n'),
    ]),
  )
  return [objects, pods, ...perNode.flat()]
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
}
