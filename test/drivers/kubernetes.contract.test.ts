import {afterAll, beforeAll, describe} from 'vitest'
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

/** What is waited for on the fake never comes. */
const hurried = {...world, clock: {...clock, sleep: (milliseconds: number) => clock.sleep(milliseconds / 50)}}
kubernetesContract('the fake API', () => createKubernetesDriver(fake.kubeconfig, undefined, hurried))

/** K8S_LOCAL_TEST_REAL=1 runs it on the cluster of K8S_LOCAL_TEST_KUBECONFIG too. */
const {K8S_LOCAL_TEST_REAL: wanted, K8S_LOCAL_TEST_KUBECONFIG: file = ''} = process.env
describe.runIf(wanted === '1' && file !== '')('on demand', () => {
  kubernetesContract('a real cluster', () => createKubernetesDriver(file, undefined, world))
})
