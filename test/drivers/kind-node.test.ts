import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {createPhaseReader} from '../../src/drivers/kind/phases.ts'
import {createKindDriver} from '../../src/drivers/kind-node.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {type FakePrograms, type FakeRule, fakePrograms} from '../support/fake-programs.ts'
import {problemOf} from './problem-of.ts'

const made: FakePrograms[] = []
afterEach(() => {
  for (const fakes of made.splice(0)) fakes.remove()
})

function setUp(...rules: readonly Omit<FakeRule, 'program'>[]) {
  const fakes = fakePrograms(rules.map((rule) => ({program: 'kind' as const, ...rule})))
  made.push(fakes)
  const kind = createKindDriver(createProcessDriver(fakes.environment))
  const logFile = join(fakes.folder, 'kind.log')
  const phases: string[] = []
  const create = (signal = new AbortController().signal): Promise<void> =>
    kind.create({
      program: 'kind',
      cluster: 'lab',
      config: 'kind: Cluster\n',
      image: 'node:v1',
      kubeconfig: join(fakes.folder, 'kubeconfig'),
      logFile,
      signal,
      onPhase: (title) => phases.push(title),
    })
  return {fakes, kind, create, phases, log: () => readFileSync(logFile, 'utf8')}
}

/** As kind v0.33 prints without a terminal. */
const output = `cgroup v1 is deprecated in Kubernetes
Creating cluster "lab" ...
 • Ensuring node image (k8s-local/node:v1.34.4) 🖼️  ...
DEBUG: docker/images.go:58] Image: k8s-local/node:v1.34.4 present locally
 ✓ Ensuring node image (k8s-local/node:v1.34.4) 🖼️
 • Preparing nodes 📦 📦 📦   ...
 ✓ Preparing nodes 📦 📦 📦
 • Writing configuration 📜  ...
bootstrapTokens:
- token: abcdef.0123456789abcdef
 ✓ Writing configuration 📜
 • Starting control-plane 🕹️  ...
`

describe('kind create', () => {
  test('is asked to keep its nodes and to say everything; the configuration goes through its input', async () => {
    const {create, fakes} = setUp({when: 'create', stderr: output, readStdin: true})

    await create()

    const [call] = fakes.calls()
    expect(call?.argv.join(' ')).toBe(
      `create cluster --name lab --config - --image node:v1 --kubeconfig ${fakes.folder}/kubeconfig --retain -v 3`,
    )
    expect(call?.stdin).toBe('kind: Cluster')
  })

  test('shows phases without decoration, and keeps the whole output, without secrets, in the log', async () => {
    const {create, phases, log} = setUp({when: 'create', stderr: output})

    await create()

    expect(phases).toEqual([
      'Ensuring node image (k8s-local/node:v1.34.4)',
      'Preparing nodes',
      'Writing configuration',
      'Starting control-plane',
    ])
    expect(log()).toContain('present locally')
    expect(log()).toContain('- token: [hidden]')
  })

  test.each([
    [
      'ERROR: failed to create cluster: node(s) already exist for a cluster with the name "lab"',
      'nodes of that name',
      'k8s-local delete lab',
    ],
    [
      'ERROR: failed to create cluster: could not find a log line that matches "Reached target .*Multi-User System.*"',
      'inotify',
      'fs.inotify.max_user_instances=512',
    ],
    ['Bind for 0.0.0.0:80 failed: port is already allocated', 'a port', 'docker ps'],
    ['[kubelet-check] The kubelet is not healthy after 4m0s', 'did not come up', '--keep-on-failure'],
    [
      'Error response from daemon: all predefined address pools have been fully subnetted',
      'no free subnet',
      'docker network prune',
    ],
    ['write /var/lib/docker/tmp: no space left on device', 'disk is full', 'docker system df'],
  ])('a known failure is explained: %s', async (line, because, fix) => {
    const {create} = setUp({when: 'create', stderr: `${output}${line}\n`, exitCode: 1})
    const problem = await problemOf(create())

    expect(problem.name).toBe('kind-failed')
    expect(problem.message).toContain('at "Starting control-plane"')
    expect(problem.message).toContain(because)
    expect(problem.suggestions.join('\n')).toContain(fix)
    expect(problem.log).toMatch(/kind\.log$/)
  })

  test('an unknown failure shows kind’s error and the end of the command output, not the stack', async () => {
    const stderr = `${output}ERROR: failed to create cluster: failed to init node\nCommand Output: I1 a\nI2 b\nerror: boom\n\nStack Trace: \nsigs.k8s.io/kind/pkg/errors.Wrap\n`
    const {create} = setUp({when: 'create', stderr, exitCode: 1})
    const {cause} = await problemOf(create())

    expect(cause).toBe('ERROR: failed to create cluster: failed to init node\nCommand Output: I1 a\nI2 b\nerror: boom')
  })

  test('an abort ends kind, which has no handler of its own, and is no failure of kind', async () => {
    const {create, phases} = setUp({when: 'create', say: [{text: output, stream: 'stderr'}], seconds: 60})
    const abort = new AbortController()
    const look = setInterval(() => phases.length > 0 && abort.abort(), 20)

    expect((await problemOf(create(abort.signal))).name).toBe('interrupted')
    clearInterval(look)
  })
})

describe('the kubeconfig of a cluster that comes up', () => {
  test('is not there as long as kind has none', async () => {
    const {kind, fakes} = setUp({
      when: 'get kubeconfig',
      stderr: "ERROR: could not locate any control plane nodes for cluster named 'lab'",
      exitCode: 1,
    })

    expect(await kind.kubeconfig({program: 'kind', cluster: 'lab', file: join(fakes.folder, 'k')})).toBe(false)
  })

  test('is written for its owner only', async () => {
    const {kind, fakes} = setUp({when: 'get kubeconfig --name lab', stdout: 'apiVersion: v1\nclusters: []\n'})
    const file = join(fakes.folder, 'deep', 'k')

    expect(await kind.kubeconfig({program: 'kind', cluster: 'lab', file})).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('clusters: []')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

test.each([
  ['kind v0.33.0 go1.24.1 linux/amd64\n', 'v0.33.0'],
  ['kind v0.34.0-alpha+1 go1.26 linux/amd64\n', 'v0.34.0-alpha+1'],
  ['something else 1.0\n', undefined],
])('the version in %j is %s', async (stdout, version) => {
  const {kind} = setUp({when: 'version', stdout})

  expect(await kind.version('kind')).toBe(version)
  expect(await kind.version('no-such-kind')).toBeUndefined()
})

test('lines that are no phase are left alone, and a phase that ended is not the current one', () => {
  const titles: string[] = []
  const reader = createPhaseReader((title) => titles.push(title))

  for (const line of [
    ' • Joining worker nodes 🚜  ...',
    'DEBUG: • not a phase',
    ' ✓ Joining worker nodes 🚜',
    '',
    ' • Something new 👩🏽‍💻 ...',
  ])
    reader.line(line)

  expect(titles).toEqual(['Joining worker nodes', 'Something new'])
  expect(reader.current()).toBe('Something new')
})
