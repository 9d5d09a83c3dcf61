import {describe, expect, test} from 'vitest'
import {Problem} from '../../../src/problem.ts'
import {applyManifest} from '../../../src/run/executors/apply-manifest.ts'
import {applyObjects} from '../../../src/run/executors/apply-objects.ts'
import {deleteObjects} from '../../../src/run/executors/delete-objects.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {fakeContext, fakeFiles} from '../fakes.ts'

describe('apply-objects', () => {
  test('applies namespaces and types before all else', async () => {
    const {kubernetes, applied} = server()

    const result = await applyObjects(
      {
        type: 'apply-objects',
        objects: [object('Pod', 'p'), object('CustomResourceDefinition', 'c'), object('Namespace', 'n')],
      },
      fakeContext({kubernetes}),
    )

    expect(result).toEqual({already: false})
    expect(applied()).toEqual(['CustomResourceDefinition c', 'Namespace n', 'Pod p'])
  })

  test('finds its work done when nothing changed', async () => {
    const {kubernetes} = server({change: 'unchanged'})

    expect(
      await applyObjects({type: 'apply-objects', objects: [object('Pod', 'p')]}, fakeContext({kubernetes})),
    ).toEqual({already: true})
  })

  test('tries a kind again that the API does not serve yet', async () => {
    const {kubernetes, applied} = server({
      refusals: ['no matches for kind "Nad" in version "v1"', 'the server could not find the requested resource'],
    })

    expect(
      await applyObjects({type: 'apply-objects', objects: [object('Nad', 'x')]}, fakeContext({kubernetes})),
    ).toEqual({already: false})
    expect(applied()).toEqual(['Nad x'])
  })

  test('gives up on it after a while', async () => {
    const {kubernetes} = server({refusals: Array.from({length: 1000}, () => 'no matches for kind "Nad"')})
    const context = fakeContext({kubernetes})

    await expect(applyObjects({type: 'apply-objects', objects: [object('Nad', 'x')]}, context)).rejects.toMatchObject({
      data: {name: 'api-refused'},
    })
    expect(context.drivers.clock.now()).toBeLessThan(20_000)
  })

  test('does not try again what the API finds wrong', async () => {
    const {kubernetes, applied} = server({refusals: ['spec.containers: Required value']})

    await expect(
      applyObjects({type: 'apply-objects', objects: [object('Pod', 'x')]}, fakeContext({kubernetes})),
    ).rejects.toMatchObject({data: {message: 'spec.containers: Required value'}})
    expect(applied()).toEqual([])
  })
})

describe('apply-manifest', () => {
  const artifact: Artifact = {
    name: 'calico-manifest',
    type: 'manifest',
    version: 'v3.32.1',
    platform: 'any',
    origin: {kind: 'path', file: '/calico.yaml'},
  }
  const text =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {calico_backend: "bird"}\n---\n# nothing\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n'

  test('replaces each text and applies every document', async () => {
    const {kubernetes, applied, objects} = server()
    const files = fakeFiles({'/calico.yaml': text})

    await applyManifest(
      {type: 'apply-manifest', artifact, edits: [{find: 'calico_backend: "bird"', replace: 'calico_backend: "$&"'}]},
      fakeContext({kubernetes, files}),
    )

    expect(applied()).toEqual(['Namespace n', 'ConfigMap a'])
    expect(objects[1]?.['data']).toEqual({calico_backend: '$&'})
  })

  test('refuses a manifest in which a text is not exactly once, all findings at once', async () => {
    const files = fakeFiles({'/calico.yaml': `${text}---\nkind: bird\n`})
    const edits = [
      {find: 'ipip', replace: ''},
      {find: 'bird', replace: 'vxlan'},
    ]

    await expect(applyManifest({type: 'apply-manifest', artifact, edits}, fakeContext({files}))).rejects.toMatchObject({
      data: {
        name: 'manifest-changed',
        findings: [
          {at: 'ipip', message: 'occurs 0 times, expected once'},
          {at: 'bird', message: 'occurs 2 times, expected once'},
        ],
      },
    })
  })
})

describe('delete-objects', () => {
  const pod = {apiVersion: 'v1', kind: 'Pod', name: 'p', namespace: 'n'}
  const namespace = {apiVersion: 'v1', kind: 'Namespace', name: 'n'}

  test('waits until pods and namespaces are gone, namespaces last', async () => {
    const {kubernetes, deleted} = server({there: {'Pod p': 3, 'Namespace n': 2}})

    expect(await deleteObjects({type: 'delete-objects', objects: [namespace, pod]}, fakeContext({kubernetes}))).toEqual(
      {already: false},
    )
    expect(deleted).toEqual(['Pod p', 'Namespace n'])
  })

  test('ends the pods of a namespace, and leaves the rest of it to itself where that is enough', async () => {
    const {kubernetes, deleted} = server({there: {'Namespace n': 100_000, 'Pod p': 2}, pods: ['p']})

    await deleteObjects({type: 'delete-objects', objects: [namespace], until: 'pods-gone'}, fakeContext({kubernetes}))
    expect(deleted).toEqual(['Namespace n', 'Pod p'])
  })

  test('ends the pods of a namespace, and leaves the rest of it to itself where that is enough', async () => {
    const {kubernetes, deleted} = server({there: {'Namespace n': 100_000, 'Pod p': 2}, pods: ['p']})

    await deleteObjects({type: 'delete-objects', objects: [namespace], until: 'pods-gone'}, fakeContext({kubernetes}))
    expect(deleted).toEqual(['Namespace n', 'Pod p'])
  })

  test('finds its work done when nothing is there', async () => {
    const {kubernetes} = server()

    expect(await deleteObjects({type: 'delete-objects', objects: [pod]}, fakeContext({kubernetes}))).toEqual({
      already: true,
    })
  })

  test('says what will not go', async () => {
    const {kubernetes} = server({there: {'Namespace n': 100_000}})

    await expect(
      deleteObjects({type: 'delete-objects', objects: [namespace]}, fakeContext({kubernetes})),
    ).rejects.toMatchObject({
      data: {
        name: 'wait-timeout',
        message: 'Waited 60 s for the end of Namespace n',
        suggestions: ['kubectl --context kind-demo get namespace n -o yaml'],
      },
    })
  })
})

interface Server {
  readonly change?: 'created' | 'unchanged'
  /** What it answers first, one refusal after another. */
  readonly refusals?: readonly string[]
  /** How often each object is still there after it was deleted. */
  readonly there?: Readonly<Record<string, number>>
  /** Pods of every namespace. */
  readonly pods?: readonly string[]
}

function server({change = 'created', refusals = [], there = {}, pods = []}: Server = {}) {
  const left = new Map(Object.entries(there))
  const refuse = [...refusals]
  const objects: KubernetesObject[] = []
  const deleted: string[] = []
  return {
    objects,
    deleted,
    applied: () => objects.map(({kind, metadata}) => `${kind} ${metadata.name}`),
    kubernetes: {
      apply: async (one: KubernetesObject) => {
        const message = refuse.shift()
        if (message) throw new Problem('api-refused', {message})
        objects.push(one)
        return change
      },
      delete: async ({kind, name}: {kind: string; name: string}) => {
        if (!left.has(`${kind} ${name}`)) return false
        deleted.push(`${kind} ${name}`)
        return true
      },
      list: async () => pods.map((name) => object('Pod', name)),
      read: async ({kind, name}: {kind: string; name: string}) => {
        const times = left.get(`${kind} ${name}`) ?? 0
        left.set(`${kind} ${name}`, times - 1)
        return times > 0 ? object(kind, name) : undefined
      },
    },
  }
}

function object(kind: string, name: string): KubernetesObject {
  return {apiVersion: 'v1', kind, metadata: {name}}
}
