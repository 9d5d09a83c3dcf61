import {expect, onTestFinished, test} from 'vitest'
import {enforceRights} from '../support/fake-api/authorizer.ts'
import {makeFastClock} from '../support/fast-clock.ts'
import {rightsOf, startLivelyCluster, verify} from './support/lively-cluster.ts'

test('a run of every check that this cluster allows needs no rights but those that --rbac prints', async () => {
  const cluster = await startLivelyCluster()
  onTestFinished(() => cluster.stop())
  const argv = ['--full', '--disruptive', '--node-access', 'pod', '--probe-image', 'probe:v1']
  const objects = await rightsOf(cluster, argv)
  const {refused, asked} = enforceRights(cluster.api, objects)

  const {error, checks: results} = await verify(cluster, argv, makeFastClock(20))

  expect(error).toBeUndefined()
  expect(refused).toEqual([])
  // Nothing of what is made and asked for by the way is missing: it was looked at.
  for (const one of ['create batch/jobs', 'create k8s.cni.cncf.io/network-attachment-definitions', 'list /events'])
    expect(asked).toContain(one)
  expect(results.map(({check}) => check)).toEqual(expect.arrayContaining(['workload-kinds', 'survives-multus-restart']))
})
