import {once} from 'node:events'
import {type AddressInfo, createServer} from 'node:net'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {CheckResult} from '../../../src/steps/check-request.ts'
import type {ProblemData} from '../../../src/problem.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {documentOf, type Finished, k8sLocal, mustExit} from '../support/cli.ts'
import {applyManifest, podsWith} from '../support/in-namespace.ts'
import {context, tokenOf, writeKubeconfig} from '../support/kubeconfig.ts'
import type {Stage, Suite} from '../support/stage.ts'

const namespace = 'e2e-worlds'
const quick = ['--tier', 'quick', '--network', `${namespace}/lan`]

interface Rule {
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

interface RbacObject {
  readonly kind: string
  readonly metadata: {readonly name: string; readonly namespace?: string}
  readonly rules?: readonly Rule[]
}

interface Outcome {
  readonly checks?: readonly CheckResult[]
  readonly error?: ProblemData
}

/** Whoever may do little, and whatever is at the other end: a clear result in seconds, and never more rights than were said. */
export const worlds: Suite = (stage) => {
  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    for (const name of ['nobody', 'administrator'])
      await kubectl(stage.cluster, ['create', 'serviceaccount', name, '--namespace', namespace])
    const everything = ['--clusterrole', 'cluster-admin', '--serviceaccount', `${namespace}:administrator`]
    await kubectl(stage.cluster, ['create', 'clusterrolebinding', namespace, ...everything])
    const wish = ['net', 'add', 'macvlan', 'lan', '--namespace', namespace, '--master', 'lan', ...stage.at]
    await eventually('nobody else works on the cluster', 120, () => mustExit(0, stage.home, wish))
  })
  afterAll(async () => {
    await kubectl(stage.cluster, ['delete', 'clusterrolebinding', namespace, '--ignore-not-found'])
    await kubectl(stage.cluster, ['delete', 'namespace', namespace, '--wait=false'])
  })

  describe('one problem in seconds', () => {
    test('somebody without any right is told where to get them', async () => {
      const token = await tokenOf(stage.cluster, {namespace, name: 'nobody'})
      const {finished, error} = await verifyAs(stage, {token})

      expect(finished.exitCode).toBe(5)
      expect(error).toMatchObject({code: 'KL-4009', message: expect.stringContaining('may not list') as string})
      expect(error?.suggestions.join('\n')).toContain('k8s-local verify --rbac | kubectl apply -f -')
      expect(finished.seconds).toBeLessThan(10)
    })

    test('a token that is not valid', async () => {
      const {finished, error} = await verifyAs(stage, {token: 'stale'})

      expect(finished.exitCode).toBe(5)
      expect(error).toMatchObject({code: 'KL-4009', message: expect.stringContaining('does not accept') as string})
      expect(finished.seconds).toBeLessThan(10)
    })

    test('an API that refuses connections', async () => {
      const {finished, error} = await verifyAs(stage, {token: 'any', server: 'https://127.0.0.1:1'})

      expect(finished.exitCode).toBe(5)
      expect(error).toMatchObject({code: 'KL-4007', cause: expect.stringContaining('ECONNREFUSED') as string})
      expect(finished.seconds).toBeLessThan(10)
    })

    test('an address where nothing is heard', async () => {
      const silent = createServer().listen(0, '127.0.0.1')
      await once(silent, 'listening')
      const server = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
      const {finished, error} = await verifyAs(stage, {token: 'any', server})
      silent.close()

      expect(finished.exitCode).toBe(5)
      expect(error).toMatchObject({code: 'KL-4007', cause: 'no connection within 10 s'})
      expect(finished.seconds).toBeLessThan(25)
    })

    test('a context that does not exist', async () => {
      const finished = await k8sLocal(stage.home, ['verify', '--context', 'e2e-nowhere', '--json'])

      expect(finished.exitCode).toBe(3)
      expect(documentOf<Outcome>(finished).error?.cause).toContain('it has no context named e2e-nowhere; there are:')
      expect(finished.seconds).toBeLessThan(10)
    })
  })

  describe.each([
    ['a namespace of its own', []],
    ['a namespace that is there', ['--in-namespace', namespace]],
  ])('the rights that --rbac prints, in %s', (_, where) => {
    const flags = [...quick, '--node-access', 'pod', ...where]
    let objects: readonly RbacObject[] = []
    let token = ''

    beforeAll(async () => {
      const printed = await mustExit(0, stage.home, ['verify', ...stage.at, ...flags, '--rbac', '--json'])
      objects = documentOf<{readonly items: readonly RbacObject[]}>(printed).items
      await applyManifest(stage.cluster, objects)
      token = await tokenOf(stage.cluster, accountOf(objects))
    })
    afterEach(() => applyManifest(stage.cluster, objects))
    afterAll(() => removeAll(stage, objects))

    test('are enough: every check is as an administrator sees it', async () => {
      const {finished, checks = []} = await verifyAs(stage, {token, flags})

      expect(finished.exitCode).toBe(0)
      const words = ({check, subject, status}: CheckResult) => `${check} ${subject} ${status}`
      const whole = await verifyAs(stage, {token: await administrator(stage)})
      expect(checks.map(words).toSorted()).toEqual(whole.checks?.map(words).toSorted())
      expect(await podsWith(stage.cluster, namespace, 'app.kubernetes.io/managed-by=k8s-local')).toEqual([])
    })

    test.each([
      ['nodes', 'list'],
      ['network-attachment-definitions', 'list'],
      ['pods', 'create'],
      ['pods', 'watch'],
      ['pods/exec', 'get'],
      ['daemonsets', 'get'],
    ])('without %s %s it does not pass, and says what it may not', async (resource, verb) => {
      const changed = objects.map((object) => without(object, resource, verb))
      await applyManifest(stage.cluster, changed)

      const {finished} = await verifyAs(stage, {token, flags})

      expect([1, 5, 8]).toContain(finished.exitCode)
      expect(finished.stdout).toMatch(/may not /)
    })
  })

  test('without access to nodes, what looks at them is skipped and says so; all else is judged', async () => {
    const flags = [...quick, '--node-access', 'none']
    const {checks: all = []} = await verifyAs(stage, {token: await administrator(stage), flags})

    expect(
      all.filter(({summary}) => summary === 'nodes are not looked at: --node-access none').map(({status}) => status),
    ).toContain('skip')
    expect(all.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
    expect(all.find(({check}) => check === 'reach-across-nodes')?.status).toBe('pass')
  })
}

/** Somebody who may do everything, by a context of their own: nobody else's run is in the way. */
function administrator({cluster}: Stage): Promise<string> {
  return tokenOf(cluster, {namespace, name: 'administrator'})
}

async function verifyAs(
  {cluster, home}: Stage,
  {
    flags = quick,
    ...credentials
  }: {readonly token: string; readonly server?: string; readonly flags?: readonly string[]},
): Promise<Outcome & {readonly finished: Finished}> {
  const kubeconfig = await writeKubeconfig(home, 'world', {cluster, ...credentials})
  const argv = ['verify', '--context', context, '--kubeconfig', kubeconfig, ...flags, '--json']
  const finished = await k8sLocal(home, argv, {timeoutSeconds: 200})
  return {finished, ...documentOf<Outcome>(finished)}
}

function accountOf(objects: readonly RbacObject[]): {readonly namespace: string; readonly name: string} {
  const {name = '', namespace: home = ''} = objects.find(({kind}) => kind === 'ServiceAccount')?.metadata ?? {}
  return {name, namespace: home}
}

function without(object: RbacObject, resource: string, verb: string): RbacObject {
  if (!object.rules) return object
  const rules = object.rules.flatMap((rule) => [
    {...rule, resources: rule.resources.filter((one) => one !== resource)},
    {
      ...rule,
      resources: rule.resources.filter((one) => one === resource),
      verbs: rule.verbs.filter((one) => one !== verb),
    },
  ])
  return {...object, rules: rules.filter(({resources, verbs}) => resources.length > 0 && verbs.length > 0)}
}

async function removeAll({cluster}: Stage, objects: readonly RbacObject[]): Promise<void> {
  for (const {kind, metadata} of objects) {
    const inside = metadata.namespace === undefined ? [] : ['--namespace', metadata.namespace]
    await kubectl(cluster, ['delete', kind, metadata.name, ...inside, '--ignore-not-found'])
  }
}
