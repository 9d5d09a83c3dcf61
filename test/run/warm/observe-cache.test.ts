import {describe, expect, test} from 'vitest'
import {observeCache} from '../../../src/run/warm/observe-cache.ts'
import {container, fakeDrivers, fakeFiles, fakeJournal} from '../fakes.ts'

const image = {id: 'sha256:one', references: ['k8s-local/warm-node:v1-ab'], labels: {}, size: 9, created: '2026-01-01'}

describe('what is kept to be faster', () => {
  test('are warm images with the clusters made from them, downloads with their sizes, and what killed builds left', async () => {
    const journal = fakeJournal()
    journal.locked.add('k8s-local-warm-alive.build')
    const nodes = [
      container('demo-control-plane', {image: 'sha256:one'}),
      container('demo-worker', {image: 'sha256:one'}),
    ]
    const builds = [container('k8s-local-warm-dead'), container('k8s-local-warm-alive')]
    const files = fakeFiles({'/cache/artifacts/ab-kind': '', '/cache/helm/index': '', '/cache/lab/bundle': ''})
    const drivers = fakeDrivers({
      journal,
      files: Object.assign(files, {identity: async () => '64768:12:4096'}),
      engine: {
        images: async () => [{...image, entrypoint: [], command: []}],
        containers: async (label) => (label.startsWith('k8s-local.dev/warm-build=/state') ? builds : nodes),
      },
    })

    expect(await observeCache(drivers)).toEqual({
      warmImages: [{...image, usedBy: ['demo']}],
      files: [{file: '/cache/artifacts/ab-kind', bytes: 4096}],
      leftBuilds: ['k8s-local-warm-dead'],
    })
  })
})
