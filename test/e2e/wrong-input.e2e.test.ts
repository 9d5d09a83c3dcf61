import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest'
import type {ProblemData} from '../../src/problem.ts'
import {copyBundle, withWrongChecksum, without} from './support/bundle-copy.ts'
import {type CliOptions, documentOf, k8sLocal, story} from './support/cli.ts'
import {docker} from './support/engine.ts'
import {bundle, type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {programThatDownloadsFrom} from './support/program.ts'
import {dockerThatFindsNoRegistry, dockerThatPullsForEver, dockerThatSays} from './support/stand-in-docker.ts'
import {tracesOf} from './support/traces.ts'

const cluster = 'e2e-wrong'

/** One wrong wish or broken world. `create` must refuse it with one problem that names the cause and what to do, and leave nothing. */
interface Row {
  readonly wrong: string
  readonly argv?: readonly string[]
  readonly world?: (home: Home) => World | Promise<World>
  readonly exit: number
  readonly problem: string
  /** What message, cause and findings have to say between them. */
  readonly says: RegExp
  /** What the suggestions, and the findings with their fixes, have to say between them. */
  readonly fix: RegExp
}

type World = Pick<CliOptions, 'env' | 'program'>

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
    fix: /such as \d+\.\d+\.\d+\.\d+\/\d+/,
  },
  {
    wrong: 'subnets that overlap',
    argv: ['--pod-subnet', '10.96.0.0/16', '--service-subnet', '10.96.128.0/20'],
    exit: 2,
    problem: 'invalid-input',
    says: /10\.96\.128\.0\/20, lies inside the pod subnet/,
    fix: /./,
  },
  {
    wrong: 'two mistakes at once',
    argv: ['--cni', 'flannel', '--workers', '77'],
    exit: 2,
    problem: 'invalid-input',
    says: /77[\s\S]*flannel/,
    fix: /from 0 to 9/,
  },
  {
    wrong: 'a name that is too long',
    argv: ['x'.repeat(41)],
    exit: 2,
    problem: 'invalid-input',
    says: /41 characters/,
    fix: /at most 40/,
  },
]

const worlds: readonly Row[] = [
  {
    wrong: 'a name that is taken',
    argv: ['e2e-taken'],
    exit: 6,
    problem: 'cluster-exists',
    says: /e2e-taken exists/,
    fix: /kind delete cluster --name e2e-taken/,
  },
  {
    wrong: 'a network that the engine has',
    argv: ['--network', 'lan=172.31.240.0/24'],
    exit: 6,
    problem: 'engine-network-conflict',
    says: /e2e-stranger/,
    fix: /--network lan/,
  },
  {
    wrong: 'an engine that is down',
    world: () => ({env: {DOCKER_HOST: 'unix:///nonexistent/docker.sock'}}),
    exit: 3,
    problem: 'engine-unreachable',
    says: /does not answer/,
    fix: /systemctl start docker/,
  },
  {
    wrong: 'an engine that is too old',
    world: (home) => ({env: {PATH: dockerThatSays(home, 'ServerVersion', '19.03.15')}}),
    exit: 3,
    problem: 'engine-too-old',
    says: /19\.03\.15, and 20\.10/,
    fix: /docs\.docker\.com\/engine\/install/,
  },
  {
    wrong: 'Kubernetes 1.36 on cgroup version 1',
    argv: ['--kubernetes', '1.36'],
    world: (home) => ({env: {PATH: dockerThatSays(home, 'CgroupVersion', '1')}}),
    exit: 3,
    problem: 'version-unsupported',
    says: /cgroup version 1/,
    fix: /--kubernetes 1\.34/,
  },
  {wrong: 'a disk that is full', world: fullDisk, exit: 3, problem: 'disk-full', says: /no space/i, fix: /df -h/},
  {
    wrong: 'a kubeconfig that cannot be written',
    world: kubeconfigBelowFile,
    exit: 3,
    problem: 'kubeconfig-unwritable',
    says: /a-file\/config/,
    fix: /--kubeconfig/,
  },
]

const sources: readonly Row[] = [
  {
    wrong: 'neither a registry nor a bundle',
    world: noRegistry,
    exit: 3,
    problem: 'image-pull-failed',
    says: /no such host/,
    fix: /--bundle/,
  },
  {
    wrong: 'a download that is not what was pinned',
    world: corruptDownload,
    exit: 3,
    problem: 'artifact-corrupt',
    says: /expected [0-9a-f]{64}\s+seen/,
    fix: /./,
  },
  {
    wrong: 'a bundle that is not there',
    argv: ['--bundle', '/nonexistent'],
    exit: 3,
    problem: 'bundle-invalid',
    says: /nonexistent\/bundle\.yaml: ?\n?does not exist/,
    fix: /bundle\.yaml/,
  },
  {
    wrong: 'a bundle that lacks something',
    world: (home) => bundleOf(home, without('multus-thin')),
    exit: 3,
    problem: 'bundle-incomplete',
    says: /multus-thin/,
    fix: /use a bundle that has it/,
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
    const noFiles = {input: Buffer.alloc(10_240), stdio: ['pipe', 'ignore', 'inherit']} as const
    execFileSync('docker', ['import', '-', 'k8s-local-e2e/empty'], {...noFiles, stdio: [...noFiles.stdio]})
    const labels = ['io.x-k8s.kind.cluster=e2e-taken', 'io.x-k8s.kind.role=control-plane']
    const words = ['--name', taken, ...labels.flatMap((label) => ['--label', label])]
    await docker('create', ...words, 'k8s-local-e2e/empty', 'none')
    await docker('network', 'create', '--subnet', '172.31.240.0/24', 'e2e-stranger')
  })
  afterAll(async () => {
    await docker('rm', taken)
    await docker('network', 'rm', 'e2e-stranger')
    await docker('image', 'rm', 'k8s-local-e2e/empty')
    removeHome(home)
  })

  test.each([...wishes, ...worlds, ...sources].map((row) => [row.wrong, row] as const))('%s', async (_title, row) => {
    const {argv = [], world, exit, problem, says, fix} = row
    const [name, flags] = argv[0]?.startsWith('-') === false ? [argv[0], argv.slice(1)] : [cluster, argv]
    const command = ['create', name, ...flags, '--yes']
    const options = {...(await world?.(home)), timeoutSeconds: 60}

    const forPrograms = await k8sLocal(home, [...command, '--json'], options)
    expect(forPrograms.exitCode, story(forPrograms)).toBe(exit)
    const {error} = documentOf<{error: ProblemData}>(forPrograms)
    const findings = (error.findings ?? []).map((finding) => `${finding.at}: ${finding.message}\n${finding.fix ?? ''}`)
    expect(error.name, story(forPrograms)).toBe(problem)
    expect([error.message, error.cause, ...findings].join('\n')).toMatch(says)
    expect([error.message, ...error.suggestions, ...findings].join('\n'), story(forPrograms)).toMatch(fix)

    const forPeople = await k8sLocal(home, command, options)
    say(forPeople.stderr)
    expect(forPeople.exitCode).toBe(exit)
    expect(forPeople.stdout).toBe('')
    expect(forPeople.stderr.match(/^Error: /gm)).toHaveLength(1)
    expect(forPeople.stderr).toContain(error.code)

    expect((await tracesOf(name, home)).filter((trace) => trace !== `container ${taken}`)).toEqual([])
  })
})

const taken = 'e2e-taken-control-plane'

function bundleOf(home: Home, rewrite: (index: string) => string): World {
  if (bundle === undefined) throw new Error('this row needs a bundle: npm run lab')
  return {env: {K8S_LOCAL_BUNDLE: copyBundle(bundle, home, rewrite)}}
}

function noRegistry(home: Home): World {
  return {
    env: {K8S_LOCAL_BUNDLE: undefined, PATH: dockerThatFindsNoRegistry(home)},
    program: programThatDownloadsFrom('http://127.0.0.1:9', join(home.directory, 'no-registry')),
  }
}

/** Every download gives a page that explains why it is not the file: what captive portals do. */
async function corruptDownload(home: Home): Promise<World> {
  const server = createServer((_request, response) => void response.end('<html>Please log in</html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  return {
    env: {K8S_LOCAL_BUNDLE: undefined, PATH: dockerThatPullsForEver(home)},
    program: programThatDownloadsFrom(`http://127.0.0.1:${port}`, join(home.directory, 'portal')),
  }
}

function kubeconfigBelowFile(home: Home): World {
  writeFileSync(join(home.directory, 'a-file'), '')
  return {env: {KUBECONFIG: join(home.directory, 'a-file/config')}}
}

/** State and cache on a file system of 64 KiB without a free byte. */
function fullDisk(home: Home): World {
  const folder = join(home.directory, 'full')
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', [folder]))
  expect(() => writeFileSync(join(folder, 'filler'), Buffer.alloc(2 ** 20))).toThrow('ENOSPC')
  return {env: {XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder}}
}
