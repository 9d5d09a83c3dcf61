import {describe, expect, test} from 'vitest'
import {observeIsolation} from '../../src/run/target/observe-isolation.ts'
import type {TargetLooker} from '../../src/run/target/target-looker.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'

describe('whether Multus keeps namespaces apart', () => {
  test.each<[readonly string[], object | undefined]>([
    [['/thin_entrypoint', '--multus-conf-file=auto'], undefined],
    [['/thin_entrypoint', '--namespace-isolation'], {shared: ['default']}],
    [
      ['/thin_entrypoint', '--namespace-isolation=true', '--global-namespaces=shared, infra'],
      {shared: ['shared', 'infra']},
    ],
    [['/thin_entrypoint', '--namespace-isolation=false'], undefined],
  ])('thin, started as %j', async (command, isolation) => {
    expect(await observe({DaemonSet: {spec: {template: {spec: {containers: [{command}]}}}}})).toEqual(isolation)
  })

  test.each<[string, object | undefined]>([
    ['{"chrootDir": "/hostroot"}', undefined],
    ['{"namespaceIsolation": true}', {shared: ['default']}],
    ['{"namespaceIsolation": true, "globalNamespaces": "a,b"}', {shared: ['a', 'b']}],
    ['not JSON', undefined],
  ])('thick, configured as %s', async (text, isolation) => {
    expect(await observe({ConfigMap: {data: {'daemon-config.json': text}}})).toEqual(isolation)
  })

  test('is not so where there is no Multus', async () => {
    expect(await observe({})).toBeUndefined()
  })
})

function observe(there: Readonly<Record<string, object>>) {
  const read = async ({kind}: {readonly kind: string}) => there[kind] as KubernetesObject | undefined
  return observeIsolation({kubernetes: {read}, signal: new AbortController().signal} as unknown as TargetLooker)
}
