import {afterAll, beforeAll, describe, test} from 'vitest'
import {clock} from '../../src/drivers/clock.ts'
import {createKubernetesDriver} from '../../src/drivers/kubernetes/client.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {type FakeApi, startFakeApi} from '../support/fake-api/server.ts'
import {kubernetesContract} from './contract/kubernetes-contract.ts'

const world = {processes: createProcessDriver(), clock}
let fake: FakeApi
beforeAll(async () => {
  fake = await startFakeApi()
})
afterAll(() => fake.stop())

kubernetesContract('the fake API', () => createKubernetesDriver(fake.kubeconfig, undefined, world))

/** K8S_LOCAL_TEST_REAL=1 runs it on the cluster of K8S_LOCAL_TEST_KUBECONFIG too. */
const real = process.env['K8S_LOCAL_TEST_REAL'] === '1' ? process.env['K8S_LOCAL_TEST_KUBECONFIG'] : undefined
if (real !== undefined) kubernetesContract('a real cluster', () => createKubernetesDriver(real, undefined, world))
else
  describe('the client, on a real cluster', () =>
    test.skip('needs K8S_LOCAL_TEST_REAL=1 and K8S_LOCAL_TEST_KUBECONFIG', () => undefined))
