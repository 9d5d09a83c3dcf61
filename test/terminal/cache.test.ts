import {describe, expect, test} from 'vitest'
import CacheClear from '../../src/commands/cache/clear.ts'
import type {Drivers} from '../../src/drivers/ports.ts'
import type {CacheFacts} from '../../src/plan/cache/cache-facts.ts'
import {warmLabels} from '../../src/steps/warm-image.ts'
import {presentCache} from '../../src/terminal/present-cache.ts'
import {plainStyle} from '../../src/terminal/style.ts'
import {makeFakeClock} from './support/fake-clock.ts'
import {runCommand} from './support/run-command.ts'

const page = {width: 80, style: plainStyle}

const facts: CacheFacts = {
  warmImages: [
    {
      id: 'sha256:one',
      references: ['k8s-local/warm-node:v1.34.4-0ef47b1b7f9ae2ef'],
      labels: {
        [warmLabels.contents]:
          '{"holds": [{"name": "cilium", "version": "v1.15.19"}, {"name": "probe", "version": "v1"}]}',
      },
      size: 1.89e9,
      created: '2026-11-28T04:42:04.083387453Z',
      usedBy: ['lab'],
    },
    {
      id: `sha256:${'4bcf7aa6f28b'.repeat(5)}`,
      references: [],
      labels: {},
      size: 1.2e9,
      created: '2026-11-01T00:00:00Z',
      usedBy: [],
    },
  ],
  files: [
    {file: `/home/u/.cache/k8s-local/artifacts/${'a1b2'.repeat(16)}-kind-linux-amd64`, bytes: 10_530_978},
    {file: `/home/u/.cache/k8s-local/artifacts/${'c3d4'.repeat(16)}-cilium.tgz`, bytes: 179_917},
  ],
  leftBuilds: ['k8s-local-warm-0ef47b1b7f9ae2ef'],
}

describe('cache list', () => {
  test('shows images with what is in them, downloads with their total, and what a killed build has left', async () => {
    await expect(`${presentCache(facts, page)}\n`).toMatchFileSnapshot('../golden/terminal/cache.txt')
  })

  test('says what to do where nothing is kept', () => {
    expect(presentCache({warmImages: [], files: [], leftBuilds: []}, page)).toMatch(/k8s-local warm/)
  })
})

/** An engine with one warm image, and a cache with one download. */
function machine() {
  const removed: string[] = []
  const engine = {
    images: async () => [
      {id: 'sha256:one', references: ['k8s-local/warm-node:v1-ab'], labels: {}, size: 1, created: ''},
    ],
    containers: async () => [],
    removeImages: async (names: readonly string[]) => void removed.push(...names),
    removeContainers: async () => undefined,
  }
  const files = {
    paths: {cache: '/cache', state: '/state'},
    list: async () => ['ab-kind'],
    identity: async () => '1:2:3',
    remove: async (file: string) => void removed.push(file),
  }
  const drivers = {engine, files, clock: makeFakeClock(), journal: {file: () => '/state/log'}}
  return {removed, drivers: drivers as unknown as Partial<Drivers>}
}

describe('cache clear', () => {
  test('asks, and without anybody to ask it needs --yes', async () => {
    const {removed, drivers} = machine()

    const {stderr, exitCode} = await runCommand(CacheClear, [], {drivers})

    expect(stderr).toContain('k8s-local cache clear --yes')
    expect(exitCode).toBe(2)
    expect(removed).toEqual([])
  })

  test.each([
    [[], ['/cache/artifacts/ab-kind', 'k8s-local/warm-node:v1-ab']],
    [['--only', 'warm'], ['k8s-local/warm-node:v1-ab']],
    [['--only', 'downloads'], ['/cache/artifacts/ab-kind']],
  ])('with %j removes that and no more', async (flags, gone) => {
    const {removed, drivers} = machine()

    const {exitCode} = await runCommand(CacheClear, ['--yes', ...flags], {drivers})

    expect(exitCode).toBe(0)
    expect(removed.toSorted()).toEqual(gone)
  })
})
