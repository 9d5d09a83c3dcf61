import {afterEach, describe, expect, test} from 'vitest'
import {createHelmDriver} from '../../src/drivers/helm.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {type FakePrograms, type FakeRule, fakePrograms} from '../support/fake-programs.ts'
import {problemOf} from './problem-of.ts'

const made: FakePrograms[] = []
afterEach(() => {
  for (const fakes of made.splice(0)) fakes.remove()
})

const valuesYaml = 'cni:\n  exclusive: false\n'
const deployed = {name: 'cilium', chart: 'cilium-1.15.19', status: 'deployed', revision: '1'}

function setUp(rules: readonly Omit<FakeRule, 'program'>[]) {
  const fakes = fakePrograms(rules.map((rule) => ({program: 'helm' as const, ...rule})))
  made.push(fakes)
  const helm = createHelmDriver(createProcessDriver(fakes.environment), fakes.folder)
  const upgrade = (): Promise<boolean> =>
    helm.upgrade({
      program: 'helm',
      release: 'cilium',
      namespace: 'kube-system',
      chart: '/bundle/cilium.tgz',
      valuesYaml,
      kubeconfig: '/state/kubeconfig',
      signal: new AbortController().signal,
    })
  return {
    fakes,
    upgrade,
    verbs: () =>
      fakes.calls().map(({argv}) => argv.slice(0, argv[0] === 'get' || argv[0] === 'show' ? 2 : 1).join(' ')),
  }
}

const listing = (...releases: readonly unknown[]) => ({when: 'list', stdout: JSON.stringify(releases)})
const chart = (version: string) => ({when: 'show chart', stdout: `name: cilium\nversion: ${version}\n`})
const values = (value: unknown) => ({when: 'get values', stdout: JSON.stringify(value)})

describe('helm upgrade', () => {
  test('installs what is not there, with the values through its input', async () => {
    const {upgrade, fakes, verbs} = setUp([listing(), {when: 'upgrade', readStdin: true}])

    expect(await upgrade()).toBe(false)

    expect(verbs()).toEqual(['list', 'upgrade'])
    const call = fakes.calls()[1]
    expect(call?.argv.join(' ')).toMatch(
      /^upgrade --install cilium \/bundle\/cilium.tgz --namespace kube-system --create-namespace .*--values - --kubeconfig \/state\/kubeconfig$/,
    )
    expect(call?.stdin).toBe(valuesYaml.trimEnd())
  })

  test('leaves a release alone whose chart and values are those asked for', async () => {
    const {upgrade, verbs} = setUp([listing(deployed), chart('1.15.19'), values({cni: {exclusive: false}})])

    expect(await upgrade()).toBe(true)
    expect(verbs()).toEqual(['list', 'show chart', 'get values'])
  })

  test.each([
    ['another chart version', [listing(deployed), chart('1.16.0')]],
    ['other values', [listing(deployed), chart('1.15.19'), values({cni: {exclusive: true}})]],
    ['no values', [listing(deployed), chart('1.15.19'), values(null)]],
    ['a release that failed', [listing({...deployed, status: 'failed'})]],
  ])('upgrades for %s', async (_what, rules) => {
    const {upgrade, verbs} = setUp([...rules, {when: 'upgrade'}])

    expect(await upgrade()).toBe(false)
    expect(verbs().at(-1)).toBe('upgrade')
  })

  test.each([
    ['pending-install', 'uninstall'],
    ['pending-upgrade', 'rollback'],
    ['pending-rollback', 'rollback'],
  ])('clears a release that a killed helm left %s', async (status, verb) => {
    const {upgrade, verbs} = setUp([listing({...deployed, status}), {when: `${verb} cilium`}, {when: 'upgrade'}])

    expect(await upgrade()).toBe(false)
    expect(verbs()).toEqual(['list', verb, 'upgrade'])
  })

  test('a failure says what helm said', async () => {
    const {upgrade} = setUp([
      listing(),
      {
        when: 'upgrade',
        stderr: 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use\n',
        exitCode: 1,
      },
    ])
    const problem = await problemOf(upgrade())

    expect(problem).toMatchObject({
      name: 'program-failed',
      cause: 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use',
    })
    expect(problem.message).toContain('helm could not install cilium')
  })

  test('plays in a home of its own: the user’s settings and plugins are out of the way', async () => {
    const names = ['HELM_CONFIG_HOME', 'HELM_PLUGINS', 'HELM_KUBECONTEXT', 'HELM_NAMESPACE']
    process.env['HELM_KUBECONTEXT'] = 'prod'
    const {upgrade, fakes} = setUp([listing(), {when: 'upgrade', showEnv: names}])
    delete process.env['HELM_KUBECONTEXT']

    await upgrade()

    const env = fakes.calls()[1]?.env
    expect(env).toMatchObject({HELM_KUBECONTEXT: '', HELM_NAMESPACE: ''})
    expect(env?.['HELM_CONFIG_HOME']).toContain(fakes.folder)
    expect(env?.['HELM_PLUGINS']).toContain(fakes.folder)
  })
})
