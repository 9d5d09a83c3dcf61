import {mkdir, readFile, rename, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {root} from '../../world/shell-out.ts'
import {writeFigures} from '../report.ts'
import type {Curve} from './curve.ts'
import {describeCurve, picturesOf} from './describe-curve.ts'
import type {Measurement} from './measurement.ts'

const folder = join(root, 'docs/benchmarks')
const images = join(root, 'docs/images')

/** The raw measurements of a curve; undefined where the folder has none. */
export async function readMeasurement(
  {name}: Pick<Curve, 'name'>,
  from: string = folder,
): Promise<Measurement | undefined> {
  const text = await readFile(fileOf(name, from), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Measurement)
}

/** Keeps a curve that is whole; what was kept of it while it was measured is gone then. */
export async function writeMeasurement(measured: Measurement, into: string = folder): Promise<void> {
  await writePart(measured, into)
  await rename(partOf(measured.curve, into), fileOf(measured.curve, into))
}

/** Keeps what there is so far beside the last whole one: it survives a failure, and spoils nothing. Returns the file. */
export async function writePart(measured: Measurement, into: string = folder): Promise<string> {
  await mkdir(into, {recursive: true})
  const file = partOf(measured.curve, into)
  await writeFile(file, `${JSON.stringify(measured, undefined, 2)}\n`)
  return file
}

/** Pictures, and the figures between the curve's markers in docs/benchmarks.md, from the raw measurements alone. Returns the figures. */
export async function redraw(curve: Curve, measured: Measurement): Promise<string> {
  await mkdir(images, {recursive: true})
  for (const {file, svg} of picturesOf(curve, measured)) await writeFile(join(images, file), svg)
  const figures = describeCurve(curve, measured)
  await writeFigures(`bench:scale-${curve.name}`, figures)
  return figures
}

function fileOf(name: Measurement['curve'], where: string): string {
  return join(where, `${name}.json`)
}

function partOf(name: Measurement['curve'], where: string): string {
  return join(where, `${name}.partial.json`)
}
