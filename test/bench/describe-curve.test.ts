import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {replaceFigures} from '../../scripts/bench/report.ts'
import {describeCurve, picturesOf} from '../../scripts/bench/scale/describe-curve.ts'
import {readMeasurement, writeMeasurement, writePart} from '../../scripts/bench/scale/keep.ts'
import type {Measurement} from '../../scripts/bench/scale/measurement.ts'
import {chooseCurves} from '../../scripts/bench/scale/run-scale.ts'

const shape = {name: 'list', title: 'net list, by definitions', across: 'definitions'} as const

const measured: Measurement = {
  curve: 'list',
  machine: 'Node v20.20.2, 2 CPUs, 24 GB, 2026-11-28.',
  measuredAt: '2026-11-28T10:00:00.000Z',
  series: [
    {
      name: 'net list',
      unit: 's',
      points: [
        {n: 1, values: [0.31, 0.29, 0.4]},
        {n: 100, values: [0.5, 0.52, 0.51]},
        {n: 10_000, values: [21.1, 20.9, 25]},
      ],
    },
    {name: 'kubectl get', unit: 's', points: [{n: 10_000, values: [4.2]}]},
    {
      name: 'net list',
      unit: 'MB',
      points: [
        {n: 1, values: [74]},
        {n: 10_000, values: [152]},
      ],
    },
  ],
}

test('a curve as Markdown: a table for each unit, how it grows, and its picture', async () => {
  await expect(`${describeCurve(shape, measured)}\n`).toMatchFileSnapshot('../golden/bench/curve.md')
})

test('leaves out a series that was 0 all along', () => {
  const idle = {name: 'the container engine', unit: 's', points: [{n: 1, values: [0, 0]}]} as const

  expect(describeCurve(shape, {...measured, series: [...measured.series, idle]})).toBe(describeCurve(shape, measured))
})

test('has a picture for each unit', () => {
  expect(picturesOf(shape, measured).map(({file}) => file)).toEqual(['scale-list.svg', 'scale-list-memory.svg'])
})

test('is drawn from its file as from what was measured', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-local-bench-test-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  await writeMeasurement(measured, folder)
  const read = await readMeasurement(shape, folder)

  expect(read && describeCurve(shape, read)).toBe(describeCurve(shape, measured))
  expect(await readMeasurement({name: 'pods'}, folder)).toBeUndefined()
})

test('that was not measured whole leaves the whole one of before alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-local-bench-test-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  await writeMeasurement(measured, folder)
  await writePart({...measured, series: []}, folder)

  expect(await readMeasurement(shape, folder)).toEqual(measured)
})

test('figures go between the markers of their own part, and nowhere else', () => {
  const page =
    'a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n<!-- bench:scale-list:begin -->\n<!-- bench:scale-list:end -->\nc\n'

  expect(replaceFigures(page, 'bench:scale-list', 'new')).toBe(
    'a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n<!-- bench:scale-list:begin -->\nnew\n<!-- bench:scale-list:end -->\nc\n',
  )
  expect(() => replaceFigures(page, 'bench:scale-pods', 'new')).toThrow('no place for bench:scale-pods')
})

test('every curve has its place in docs/benchmarks.md', async () => {
  const page = await readFile('docs/benchmarks.md', 'utf8')

  for (const {name} of chooseCurves(undefined))
    expect(() => replaceFigures(page, `bench:scale-${name}`, '')).not.toThrow()
})

test('curves are chosen by name; definitions are those in a file and those in a cluster', () => {
  const names = (only?: string) => chooseCurves(only).map(({name}) => name)

  expect(names()).toEqual(['workers', 'networks', 'pods', 'lint', 'list'])
  expect(names('definitions,workers')).toEqual(['workers', 'lint', 'list'])
  expect(() => names('pods,nodes')).toThrow('there is no curve nodes')
})
