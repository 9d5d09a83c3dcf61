import {expect, test} from 'vitest'
import {collect} from '../../../src/run/executors/collect-diagnosis.ts'
import {container, fakeContext, fakeExec, fakeFiles} from '../fakes.ts'

const folder = '/out/diagnosis-demo-ab12cd'

test('a diagnosis is made of the run that fails, which is its report', async () => {
  const files = Object.assign(fakeFiles({}), {find: async () => undefined})
  const context = fakeContext({
    files,
    engine: {
      ...fakeExec(() => 'seen'),
      containers: async () => [container('demo-worker')],
      networks: async () => [],
      info: async () => ({
        version: '28',
        platform: 'linux/amd64',
        cgroupVersion: '2',
        memory: 1,
        cpus: 2,
        dataRoot: '/',
      }),
    },
    kubernetes: {get: async () => ({items: []})},
  })

  expect(await collect({type: 'collect-diagnosis', folder}, context)).toEqual({already: false})

  expect(JSON.parse(files.written.get(`${folder}/report.json`) ?? '')).toMatchObject({status: 'checks-failed'})
  expect(context.told).toEqual([expect.stringMatching(/^\d+ files, \d+ missing$/)])
})
