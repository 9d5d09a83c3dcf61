import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {whereabouts} from '../../src/catalog/ipam/whereabouts.ts'
import {parseYaml} from '../../src/yaml.ts'
import {lockedImages, manifest} from './manifests.ts'

const objects = manifest(whereabouts.needs.manifest)

interface PodTemplate {
  readonly spec: {
    readonly containers: readonly {readonly image: string}[]
    readonly initContainers: readonly {readonly image: string}[]
  }
}

test('the manifest has the roll-out that the catalog waits for, with the image of the lock', () => {
  const {kind, namespace, name} = whereabouts.needs.ready
  const daemonSet = objects.find(
    (object) => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace,
  )
  if (!daemonSet) throw new Error(`there is no ${kind} ${name}`)
  const {template} = daemonSet['spec'] as {readonly template: PodTemplate}

  const images = [...template.spec.containers, ...template.spec.initContainers].map(({image}) => image)
  expect(new Set(images)).toEqual(new Set(lockedImages('whereabouts')))
})

test('the manifest brings the three definitions of its API group', () => {
  const names = objects.filter(({kind}) => kind === 'CustomResourceDefinition').map(({metadata}) => metadata.name)

  expect(names).toEqual(
    ['ippools', 'overlappingrangeipreservations', 'nodeslicepools'].map(
      (plural) => `${plural}.whereabouts.cni.cncf.io`,
    ),
  )
})

describe.each(shells())('the script of the node, run by %s', (...shell) => {
  let root = ''
  const folder = (): string => join(root, 'etc/cni/net.d/whereabouts.d')
  const kubeconfig = (): string => join(folder(), 'whereabouts.kubeconfig')

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'whereabouts-'))
    mkdirSync(join(root, 'account'))
    mkdirSync(join(root, 'opt/cni/bin'), {recursive: true})
    writeFileSync(join(root, 'account/token'), 'token-one')
    writeFileSync(join(root, 'account/ca.crt'), 'authority\n'.repeat(20))
    writeFileSync(join(root, 'plugin'), 'the plugin')
    writeFileSync(join(root, 'loop'), `#!/bin/sh\necho "$@" >'${root}/loop-arguments'\nexec sleep 20\n`)
    chmodSync(join(root, 'loop'), 0o755)
    writeFileSync(join(root, 'node.sh'), script(root))
  })

  afterEach(() => rmSync(root, {recursive: true, force: true}))

  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOST_ROOT: root,
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    KUBERNETES_SERVICE_PORT: '443',
    NODENAME: 'dev-worker',
    WHEREABOUTS_NAMESPACE: 'kube-system',
  })
  const argv = (verb: string): readonly string[] => [...shell, join(root, 'node.sh'), verb]
  const install = (extra: NodeJS.ProcessEnv = {}): void => {
    const [program = '', ...args] = argv('install')
    const {status, stderr} = spawnSync(program, args, {
      env: {...environment(), ...extra},
      encoding: 'utf8',
      timeout: 10_000,
    })
    expect([status, stderr]).toEqual([0, ''])
  }

  test('installs the plugin and what it needs to find cluster and node', () => {
    install()

    expect(readFileSync(join(root, 'opt/cni/bin/whereabouts'), 'utf8')).toBe('the plugin')
    expect(readFileSync(join(folder(), 'nodename'), 'utf8')).toBe('dev-worker')
    expect(JSON.parse(readFileSync(join(folder(), 'whereabouts.conf'), 'utf8'))).toEqual({
      datastore: 'kubernetes',
      configuration_path: '/etc/cni/net.d/whereabouts.d',
      kubernetes: {kubeconfig: '/etc/cni/net.d/whereabouts.d/whereabouts.kubeconfig'},
    })
    expect(parseYaml(readFileSync(kubeconfig(), 'utf8'))).toMatchObject({
      value: {
        clusters: [
          {
            cluster: {
              server: 'https://10.96.0.1:443',
              'certificate-authority-data': Buffer.from('authority\n'.repeat(20)).toString('base64'),
            },
          },
        ],
        users: [{user: {token: 'token-one'}}],
        contexts: [{context: {namespace: 'kube-system'}}],
      },
    })
  })

  test('leaves the secrets to root alone and nothing half written behind', () => {
    install()
    install()

    expect(readdirSync(folder()).toSorted()).toEqual(['nodename', 'whereabouts.conf', 'whereabouts.kubeconfig'])
    expect(readdirSync(join(root, 'opt/cni/bin'))).toEqual(['whereabouts'])
    expect([statSync(folder()).mode & 0o777, statSync(kubeconfig()).mode & 0o777]).toEqual([0o700, 0o600])
  })

  test('writes an IPv6 service address as a URL needs it', () => {
    install({KUBERNETES_SERVICE_HOST: 'fd00:10:96::1'})

    expect(readFileSync(kubeconfig(), 'utf8')).toContain('server: https://[fd00:10:96::1]:443')
  })

  test('follows a renewed token and becomes the control loop', async () => {
    install()
    const [program = '', ...args] = argv('run')
    const child = spawn(program, args, {env: environment(), stdio: 'ignore', detached: true})
    try {
      await until(() => existsSync(join(root, 'loop-arguments')))
      writeFileSync(join(root, 'account/token'), 'token-two')
      await until(() => readFileSync(kubeconfig(), 'utf8').includes('token-two'))

      expect(readFileSync(join(root, 'loop-arguments'), 'utf8')).toBe('-log-level verbose\n')
    } finally {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await once(child, 'exit')
    }
  })
})

/** The script with the container's own paths moved below a folder, and a shorter wait. */
function script(root: string): string {
  const {data} = objects.find(({kind}) => kind === 'ConfigMap') as unknown as {
    readonly data: Readonly<Record<string, string>>
  }
  return (data['node.sh'] ?? '')
    .replace('account=/var/run/secrets/kubernetes.io/serviceaccount', `account='${root}/account'`)
    .replace('cp -f /whereabouts', `cp -f '${root}/plugin'`)
    .replace('exec /ip-control-loop', `exec '${root}/loop'`)
    .replace('sleep 10', 'sleep 0.1')
}

/** The shells of this machine that a container could have as /bin/sh. */
function shells(): readonly (readonly string[])[] {
  const candidates = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh']]
  return candidates.filter(([program = '', ...args]) => spawnSync(program, [...args, '-c', 'exit 0']).status === 0)
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (holds()) return
    await sleep(50)
  }
  throw new Error('it did not happen within 5 seconds')
}
