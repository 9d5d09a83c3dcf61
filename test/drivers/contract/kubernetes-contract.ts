import {randomBytes} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {KubernetesDriver} from '../../../src/drivers/ports.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {problemOf} from '../problem-of.ts'

/** What every Kubernetes API must do under our client: run against the fake one always, against a real one on demand. */
export function kubernetesContract(name: string, connect: () => Promise<KubernetesDriver>): void {
  describe(`the client, on ${name}`, () => {
    const namespace = `kl-contract-${randomBytes(3).toString('hex')}`
    let api: KubernetesDriver
    beforeAll(async () => {
      api = await connect()
      await api.apply({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}})
    })
    afterAll(async () => {
      await api.delete({apiVersion: 'v1', kind: 'Namespace', name: namespace})
    })
    const map = (mapName: string, color: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: mapName, namespace, labels: {contract: 'yes'}},
      data: {color},
    })
    const ref = (mapName: string) => ({apiVersion: 'v1', kind: 'ConfigMap', name: mapName, namespace})
    const kind = {apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'contract=yes'}

    test('is asked for its health by path', async () => {
      expect(await api.get('/readyz')).toBe('ok')
      expect(await api.get(`/api/v1/namespaces/${namespace}/configmaps/none`)).toBeUndefined()
    })

    test('an apply says whether anything changed', async () => {
      expect(await api.apply(map('a', 'blue'))).toBe('created')
      expect(await api.apply(map('a', 'blue'))).toBe('unchanged')
      expect(await api.apply(map('a', 'red'))).toBe('changed')
      expect(await api.read(ref('a'))).toMatchObject({kind: 'ConfigMap', data: {color: 'red'}})
    })

    test('a dry run says the same and changes nothing', async () => {
      await api.apply(map('dry', 'blue'))

      expect(await api.apply(map('dry', 'blue'), {dryRun: true})).toBe('unchanged')
      expect(await api.apply(map('dry', 'red'), {dryRun: true})).toBe('changed')
      expect(await api.apply(map('dry-new', 'red'), {dryRun: true})).toBe('created')
      expect(await api.read(ref('dry'))).toMatchObject({data: {color: 'blue'}})
      expect(await api.read(ref('dry-new'))).toBeUndefined()
    })

    test('a patch changes what it names and removes by null, says whether anything changed, and leaves the rest', async () => {
      await api.apply(map('patched', 'blue'))

      expect(await api.patch(ref('patched'), {data: {shape: 'round'}})).toBe('changed')
      expect(await api.patch(ref('patched'), {data: {shape: 'round'}})).toBe('unchanged')
      expect(await api.patch(ref('patched'), {data: {color: null}})).toBe('changed')
      expect((await api.read(ref('patched')))?.['data']).toEqual({shape: 'round'})
    })

    test('a patch of another version than the current one, or of nothing, is refused', async () => {
      await api.apply(map('moved', 'blue'))
      const before = await api.read(ref('moved'))
      await api.apply(map('moved', 'red'))
      const stale = {metadata: {resourceVersion: String(before?.metadata['resourceVersion'])}, data: {color: 'green'}}

      expect(await problemOf(api.patch(ref('moved'), stale))).toMatchObject({name: 'api-refused'})
      expect(await problemOf(api.patch(ref('nothing'), {data: {}}))).toMatchObject({name: 'api-refused'})
      expect(await api.read(ref('moved'))).toMatchObject({data: {color: 'red'}})
    })

    test('lists carry kind and version on every item, and keep to their selector', async () => {
      await api.apply(map('b', 'blue'))
      const items = await api.list(kind)

      expect(
        items.every(
          (item) =>
            item.kind === 'ConfigMap' && item.apiVersion === 'v1' && item.metadata.labels?.['contract'] === 'yes',
        ),
      ).toBe(true)
      expect(items.map((item) => item.metadata.name)).toContain('b')
    })

    test('kinds that the cluster does not know have no objects, and cannot be applied', async () => {
      const unknown = {apiVersion: 'no.such.group/v1', kind: 'Nothing'}

      expect(await api.list(unknown)).toEqual([])
      expect(await api.read({...unknown, name: 'x'})).toBeUndefined()
      expect(await api.delete({...unknown, name: 'x'})).toBe(false)
      expect(await problemOf(api.apply({...unknown, metadata: {name: 'x'}}))).toMatchObject({
        name: 'api-refused',
        cause: expect.stringContaining('Nothing'),
      })
    })

    test('deleting says whether it was there', async () => {
      await api.apply(map('gone', 'blue'))

      expect(await api.delete(ref('gone'), {graceSeconds: 0})).toBe(true)
      expect(await api.delete(ref('gone'))).toBe(false)
    })

    test('a watch gives the whole list at once and after every change, until it is told enough', async () => {
      const seen: string[] = []
      const watching = api.watch(
        {apiVersion: 'v1', kind: 'ConfigMap', namespace, fieldSelector: 'metadata.name=w'},
        (objects) => {
          seen.push(objects.map((object) => (object['data'] as {readonly color: string}).color).join() || 'none')
          return seen.length > 1 && objects.length === 0
        },
        AbortSignal.timeout(15_000),
      )
      while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      await api.apply(map('w', 'blue'))
      await api.apply(map('w', 'red'))
      await api.delete(ref('w'))
      await watching

      expect(seen[0]).toBe('none')
      expect(seen.at(-2)).toBe('red')
      expect(seen.at(-1)).toBe('none')
    })

    test('a watch ends as interrupted when its signal aborts', async () => {
      const abort = new AbortController()
      const watching = problemOf(api.watch(kind, () => (abort.abort(), false), abort.signal))

      expect((await watching).name).toBe('interrupted')
    })
  })
}
