import {resolve} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {CheckResult} from '../../src/steps/check-request.ts'
import {readBaselineFile, saveBaseline} from '../../src/terminal/baseline-input.ts'
import {readVerify} from '../../src/terminal/verify-input.ts'
import type {World} from '../../src/terminal/world-command.ts'
import {fakeFiles} from '../run/fakes.ts'

const measures = [{name: 'throughput/primary/same-node', value: 4e9, unit: 'bit/s'}] as const
const text = JSON.stringify({format: 'k8s-local measures', version: 1, cluster: 'dev', measures})

const said = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, {value, from: `--${key}`}]))

function world(texts: Readonly<Record<string, string>> = {}, writable = true) {
  const files = fakeFiles(texts)
  const drivers = {files: {...files, writable: async () => ({writable, reason: 'read-only file system'})}}
  return {files, world: {drivers} as unknown as World}
}

function result(changes: Partial<CheckResult>): CheckResult {
  return {check: 'throughput', title: 'T', subject: '', status: 'pass', summary: '', seconds: 1, ...changes}
}

describe('the flags of measures', () => {
  test.each([
    ['20%', 0.2],
    ['0.5', 0.5],
    ['7.5 %', 0.075],
  ])('a tolerance of %s is understood', (tolerance, share) => {
    expect(readVerify(said({compare: 'base.json', tolerance}), {watched: false, json: false}).compare).toEqual({
      file: 'base.json',
      tolerance: share,
    })
  })

  test('a fifth is tolerated where nothing is said, and nonsense is refused', () => {
    expect(readVerify(said({compare: 'base.json'}), {watched: false, json: false}).compare?.tolerance).toBe(0.2)
    expect(() => readVerify(said({tolerance: 'a bit'}), {watched: false, json: false})).toThrow(/./)
  })
})

describe('a baseline', () => {
  test('is read before anything runs', async () => {
    const compare = {file: 'base.json', tolerance: 0.2}
    const there = world({[resolve('base.json')]: text}).world

    expect(await readBaselineFile({compare}, there)).toEqual({baseline: {...compare, measures}})
    await expect(readBaselineFile({compare}, world().world)).rejects.toMatchObject({
      data: {name: 'invalid-input', findings: [{at: '--compare', message: 'it does not exist'}]},
    })
  })

  test('that could not be written is refused before anything runs', async () => {
    await expect(readBaselineFile({save: '/base.json'}, world({}, false).world)).rejects.toMatchObject({
      data: {name: 'file-unwritable', message: '/base.json cannot be written', cause: 'read-only file system'},
    })
  })

  test('is written from what was measured, and reads back', async () => {
    const {files, world: there} = world()
    const checks = [result({measures}), result({check: 'reach'})]

    expect(await saveBaseline('/base.json', {cluster: 'dev', checks}, there)).toBe('what was measured is in /base.json')
    const compare = {file: '/base.json', tolerance: 0}
    expect(await readBaselineFile({compare}, world(Object.fromEntries(files.written)).world)).toMatchObject({
      baseline: {measures},
    })
  })

  test('stays as it is when nothing was measured', async () => {
    const {files, world: there} = world({'/base.json': text})

    expect(await saveBaseline('/base.json', {cluster: 'dev', checks: [result({})]}, there)).toContain('is as it was')
    expect(files.written.get('/base.json')).toBe(text)
  })
})
