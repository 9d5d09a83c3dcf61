import {execFileSync} from 'node:child_process'
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {ProblemData} from '../../src/problem.ts'
import {copyBundle, withWrongChecksum, without} from './support/bundle-copy.ts'
import {documentOf, k8sLocal, story} from './support/cli.ts'
import {docker} from './support/engine.ts'
import {pathWithEngineThatSays} from './support/engine-voice.ts'
import {bundle, type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {tracesOf} from './support/traces.ts'

const cluster = 'e2e-wrong'

/** One wrong wish or broken world. `create` must refuse it with one problem that names the cause and what to do. */
interface Row {
  readonly wrong: string
  readonly argv?: readonly string[]
  /** What the world is like: variables for this run. */
  readonly world?: (home: Home) => Promise<Env> | Env
  readonly exit: number
  readonly problem: string
  /** What message, cause and findings have to say between them. */
  readonly says: RegExp
  /** What the suggestions and fixes have to say between them. */
  readonly fix: RegExp
}

type Env = Readonly<Record<string, string | undefined>>

const wishes: readonly Row[] = [
  {
    wrong: 'an unknown CNI',
    argv: ['--cni', 'flannel'],
    exit: 2,
    problem: 'invalid-input',
    says: /flannel/,
    fix: /cilium.*calico/is,
  },
  {
    wrong: 'a bad CIDR',
    argv: ['--pod-subnet', '10.244.0.0/33'],
    exit: 2,
    problem: 'invalid-input',
    says: /10\.244\.0\.0\/33/,
    fix: /./,
  },
  {
    wrong: 'subnets that overlap',
    argv: ['--pod-subnet', '10.96.0.0/16', '--service-subnet', '10.96.128.0/20'],
    exit: 2,
    problem: 'invalid-input',
    says: /overlaps|inside/,
    fix: /./,
  },
  {
    wrong: 'two mistakes at once',
    argv: ['--cni', 'flannel', '--workers', '77'],
    exit: 2,
    problem: 'invalid-input',
    says: /flannel[\s\S]*77|77[\s\S]*flannel/,
    fix: /./,
  },
  {wrong: 'a name that is too long', argv: ['x'.repeat(41)], exit: 2, problem: 'invalid-input', says: /40/, fix: /./},
]

const worlds: readonly Row[] = [
  {
    wrong: 'a name that is taken',
    argv: ['e2e-taken'],
    exit: 6,
    problem: 'cluster-exists',
    says: /e2e-taken/,
    fix: /kind delete cluster --name e2e-taken/,
  },
  {
    wrong: 'a network that the engine has',
    argv: ['--network', 'lan=172.31.240.0/24'],
    exit: 6,
    problem: 'engine-network-conflict',
    says: /172\.31\.240\.0/,
    fix: /--network/,
  },
  {
    wrong: 'an engine that is down',
    world: () => ({DOCKER_HOST: 'unix:///nonexistent/docker.sock'}),
    exit: 3,
    problem: 'engine-unreachable',
    says: /does not answer/,
    fix: /systemctl start docker/,
  },
  {
    wrong: 'an engine that is too old',
    world: (home) => ({PATH: pathWithEngineThatSays(home, 'ServerVersion', '19.03.15')}),
    exit: 3,
    problem: 'engine-too-old',
    says: /19\.03/,
    fix: /20\.10/,
  },
  {
    wrong: 'Kubernetes 1.36 on cgroup v1',
    argv: ['--kubernetes', '1.36'],
    world: (home) => ({PATH: pathWithEngineThatSays(home, 'CgroupVersion', '1')}),
    exit: 3,
    problem: 'preflight-failed',
    says: /cgroup/,
    fix: /1\.34/,
  },
  {wrong: 'a disk that is full', world: fullDisk, exit: 3, problem: 'disk-full', says: /space/i, fix: /df|free|XDG/},
  {
    wrong: 'a kubeconfig that cannot be written',
    world: kubeconfigBelowFile,
    exit: 3,
    problem: 'preflight-failed',
    says: /kubeconfig/i,
    fix: /KUBECONFIG|--kubeconfig/,
  },
]

const sources: readonly Row[] = [
  {
    wrong: 'no registry and no bundle',
    world: () => ({K8S_LOCAL_BUNDLE: undefined, ...deadProxy}),
    exit: 3,
    problem: 'download-failed',
    says: /./,
    fix: /--bundle/,
  },
  {
    wrong: 'a bundle that is not there',
    argv: ['--bundle', '/nonexistent'],
    exit: 3,
    problem: 'bundle-invalid',
    says: /nonexistent/,
    fix: /./,
  },
  {
    wrong: 'a bundle that lacks something',
    world: (home) => bundleOf(home, without('multus-thin')),
    exit: 3,
    problem: 'bundle-incomplete',
    says: /multus-thin/,
    fix: /./,
  },
  {
    wrong: 'a bundle with a wrong checksum',
    world: (home) => bundleOf(home, withWrongChecksum('cni-plugins')),
    exit: 3,
    problem: 'artifact-corrupt',
    says: /cni-plugins/,
    fix: /./,
  },
]

describe('create refuses', () => {
  let home: Home

  beforeAll(async () => {
    home = makeHome()
    execFileSync('docker', ['import', '-', 'k8s-local-e2e/empty'], {
      input: Buffer.alloc(10_240),
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    const labels = ['io.x-k8s.kind.cluster=e2e-taken', 'io.x-k8s.kind.role=control-plane'].flatMap((label) => [
      '--label',
      label,
    ])
    await docker('create', '--name', 'e2e-taken-control-plane', ...labels, 'k8s-local-e2e/empty', 'none')
    await docker('network', 'create', '--subnet', '172.31.240.0/24', 'e2e-stranger')
  })
  afterAll(async () => {
    await docker('rm', 'e2e-taken-control-plane')
    await docker('network', 'rm', 'e2e-stranger')
    await docker('image', 'rm', 'k8s-local-e2e/empty')
    removeHome(home)
  })

  test.each([...wishes, ...worlds, ...sources])('$wrong', async ({argv = [], world, exit, problem, says, fix}) => {
    const [name, ...flags] = argv[0] === undefined || argv[0].startsWith('-') ? [cluster, ...argv] : argv
    const command = ['create', name as string, ...flags, '--yes']
    const env = (await world?.(home)) ?? {}

    const forPrograms = await k8sLocal(home, [...command, '--json'], {env, timeoutSeconds: 60})
    expect(forPrograms.exitCode, story(forPrograms)).toBe(exit)
    const {error} = documentOf<{error: ProblemData}>(forPrograms)
    const findings = error.findings ?? []
    expect(error.name).toBe(problem)
    expect([error.message, error.cause, ...findings.flatMap(({at, message}) => [at, message])].join('\n')).toMatch(says)
    expect([...error.suggestions, ...findings.flatMap(({message, fix: one}) => one ?? message)].join('\n')).toMatch(fix)

    const forPeople = await k8sLocal(home, command, {env, timeoutSeconds: 60})
    say(forPeople.stderr)
    expect(forPeople.exitCode).toBe(exit)
    expect(forPeople.stdout).toBe('')
    expect(forPeople.stderr.match(/^Error: /gm)).toHaveLength(1)
    expect(forPeople.stderr).toContain(error.code)

    expect(await leftBy(name as string, home)).toEqual([])
  })
})

const deadProxy = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
}

async function leftBy(name: string, home: Home): Promise<readonly string[]> {
  const traces = await tracesOf(name, home)
  return traces.filter((trace) => trace !== 'container e2e-taken-control-plane')
}

function bundleOf(home: Home, rewrite: (index: string) => string): Env {
  if (bundle === undefined) throw new Error('this row needs a bundle: npm run lab')
  return {K8S_LOCAL_BUNDLE: copyBundle(bundle, home, rewrite)}
}

function kubeconfigBelowFile(home: Home): Env {
  const file = join(home.directory, 'a-file')
  writeFileSync(file, '')
  return {KUBECONFIG: join(file, 'config')}
}

/** State and cache on a file system of 64 KiB without a free byte. */
function fullDisk(home: Home): Env {
  const folder = join(home.directory, 'full')
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
  try {
    writeFileSync(join(folder, 'filler'), Buffer.alloc(2 ** 20))
  } catch {
    say(`full: ${readdirSync(folder).join(' ')}`)
  }
  return {XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder}
}
