import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {CheckResult} from '../../src/steps/check-request.ts'
import {documentOf, k8sLocal, mustExit} from './support/cli.ts'
import {kubectl} from './support/cluster.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'

interface Outcome {
  readonly checks: readonly CheckResult[]
}

/** Clusters of which not much can be proven: what can be is, and all else says why not. */
describe.each([
  ['without Multus', 'e2e-plain', 'none'],
  ['with Multus and without networks', 'e2e-single', 'thin'],
])('a cluster of one node %s', (_, cluster, multus) => {
  let home: Home

  beforeAll(async () => {
    home = makeHome()
    const shape = ['--workers', '0', '--multus', multus, '--no-test-networks', '--no-verify', '--yes']
    await mustExit(0, home, ['create', cluster, ...shape], {timeoutSeconds: 420})
  })
  afterAll(async () => {
    await k8sLocal(home, ['delete', cluster, '--yes'])
    removeHome(home)
  })

  test('is proven as far as it goes', async () => {
    const finished = await mustExit(0, home, ['verify', cluster, '--json'], {timeoutSeconds: 200})
    const {checks} = documentOf<Outcome>(finished)

    expect(checks.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
    expect(reasonOf(checks, 'multus-ready')).toBe(multus === 'none' ? 'Multus is not installed' : undefined)
    expect(reasonOf(checks, 'reach-same-node')).toMatch(
      multus === 'none' ? /Multus is not installed/ : /no probe pod can ask for a network/,
    )
    expect(checks.find(({check}) => check === 'primary-unharmed')?.status).toBe('pass')
  })

  test('is recognised by somebody who did not make it', async () => {
    await kubectl(cluster, ['delete', 'configmap', '--namespace', 'kube-public', 'k8s-local'])
    const stranger = makeHome()
    const flags = ['--context', `kind-${cluster}`, '--kubeconfig', home.kubeconfig, '--node-access', 'pod', '--json']
    const finished = await mustExit(0, stranger, ['verify', ...flags], {timeoutSeconds: 200})
    removeHome(stranger)
    const {checks} = documentOf<Outcome>(finished)

    expect(checks.find(({check, subject}) => check === 'cni-healthy' && subject.includes('cilium'))?.status).toBe(
      'pass',
    )
    expect(checks.find(({check}) => check === 'multus-first')?.status).toBe(multus === 'none' ? 'skip' : 'pass')
    expect(checks.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
  })
})

function reasonOf(checks: readonly CheckResult[], name: string): string | undefined {
  const found = checks.find(({check}) => check === name)
  return found?.status === 'skip' ? found.summary : undefined
}
