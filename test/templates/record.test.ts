import {describe, expect, test} from 'vitest'
import type {ClusterRecord} from '../../src/steps/action.ts'
import {readRecord, recordObject, recordRef, toClusterRecord} from '../../src/templates/record.ts'
import {refOf} from '../../src/steps/object.ts'
import {toYaml} from '../../src/to-yaml.ts'

const record: ClusterRecord = {
  name: 'dev',
  kubernetes: 'v1.34.4',
  controlPlanes: 1,
  workers: 2,
  cni: 'cilium',
  cniVersion: '1.15.19',
  multus: 'thin',
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/16',
  networks: [{name: 'data', subnet: '172.30.0.0/24'}],
}

test('the record is as its golden says, and lies where it is looked for', async () => {
  expect(refOf(recordObject(record))).toEqual(recordRef)
  await expect(toYaml(recordObject(record))).toMatchFileSnapshot('../golden/objects/record.yaml')
})

test('what was written is read back', () => {
  expect(readRecord(recordObject(record))).toEqual(record)
})

describe('what is not a record of ours is none', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['another object', {kind: 'ConfigMap', data: {other: '{}'}}],
    ['no data', {kind: 'ConfigMap'}],
    ['no JSON', {data: {record: 'name: dev'}}],
    ['a list', {data: {record: '[]'}}],
  ])('%s', (_what, object) => {
    expect(readRecord(object)).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['a missing field', {...record, cni: undefined}],
    ['a number as text', {...record, workers: '2'}],
    ['networks of another form', {...record, networks: ['data']}],
    ['a network without subnet', {...record, networks: [{name: 'data'}]}],
  ])('%s', (_what, value) => {
    expect(toClusterRecord(value)).toBeUndefined()
  })
})
