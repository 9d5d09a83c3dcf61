import {afterAll, describe} from 'vitest'
import {createEngineDriver} from '../../src/drivers/engine.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {fakeContainer, fakePrograms} from '../support/fake-programs.ts'
import {engineContract} from './contract/engine-contract.ts'

const container = `kl-contract-${process.pid}`
const fakes = fakePrograms([], {containers: [fakeContainer(container, {labels: {'k8s-local.dev/test': ''}})]})
afterAll(() => fakes.remove())

engineContract('the simulated docker', () =>
  Promise.resolve({engine: createEngineDriver(createProcessDriver(fakes.environment)), container}),
)

/** K8S_LOCAL_TEST_REAL=1 runs it on the engine of this machine too; K8S_LOCAL_TEST_IMAGE names an image with `sh` and `sleep`. */
const {K8S_LOCAL_TEST_REAL: wanted, K8S_LOCAL_TEST_IMAGE: image = ''} = process.env
describe.runIf(wanted === '1')('on demand', () => {
  engineContract('a real engine', async () => {
    const processes = createProcessDriver()
    const engine = createEngineDriver(processes)
    if (image === '') return {engine}
    await processes.must([
      'docker',
      'run',
      '--detach',
      '--name',
      container,
      '--label',
      'k8s-local.dev/test',
      '--entrypoint',
      'sleep',
      image,
      '300',
    ])
    return {engine, container}
  })
})
