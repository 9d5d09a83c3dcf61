import {artifactSource} from '../../world/artifact-source.ts'
import {machine} from '../report.ts'
import type {Curve} from './curve.ts'
import {readMeasurement, redraw, writeMeasurement, writePart} from './keep.ts'
import {lint} from './lint.ts'
import {list} from './list.ts'
import {type Measurement, withValue} from './measurement.ts'
import {networks} from './networks.ts'
import {pods} from './pods.ts'
import {inSession, type Session} from './session.ts'
import {workers} from './workers.ts'

export interface ScaleWish {
  /** Names of curves, by commas; `definitions` means lint and list. Absent: all. */
  readonly only?: string
  readonly rounds: number
  readonly quick: boolean
  /** Measures nothing: tables and charts anew from docs/benchmarks. */
  readonly redraw: boolean
}

const curves: readonly Curve[] = [workers, networks, pods, lint, list]

/**
 * Measures the curves one after another; each is written as soon as it is there. One that fails does not stop the others, and leaves what it had measured in a
 * file of its own. Throws Error where any failed, and the reason of an interrupt.
 */
export async function runScale({only, rounds, quick, redraw: anew}: ScaleWish): Promise<void> {
  const chosen = chooseCurves(only)
  if (anew) {
    for (const curve of chosen) await drawAgain(curve)
    return
  }
  const bundle = chosen.some(({needsCluster}) => needsCluster) ? await artifactSource() : undefined
  const failed: string[] = []
  await inSession(bundle, async (session) => {
    for (const curve of chosen) {
      try {
        const measured = await measure(curve, {session, rounds, quick})
        await writeMeasurement(measured)
        console.log(`${curve.title}\n\n${await redraw(curve, measured)}\n`)
      } catch (error) {
        session.signal.throwIfAborted()
        failed.push(`${curve.name}: ${error instanceof Error ? error.message : String(error)}`)
        console.error(failed.at(-1))
      }
    }
  })
  if (failed.length > 0) throw new Error(`not measured whole, see docs/benchmarks/*.partial.json: ${failed.join('; ')}`)
}

/** The curves of these names. Throws Error for a name that is none. */
export function chooseCurves(only: string | undefined): readonly Curve[] {
  if (only === undefined) return curves
  const asked = only.split(',').flatMap((name) => (name === 'definitions' ? ['lint', 'list'] : [name.trim()]))
  const unknown = asked.filter((name) => !curves.some((curve) => curve.name === name))
  if (unknown.length > 0)
    throw new Error(`there is no curve ${unknown.join(', ')}: ${curves.map(({name}) => name).join(', ')}, definitions`)
  return curves.filter(({name}) => asked.includes(name))
}

async function measure(
  curve: Curve,
  wish: {readonly session: Session; readonly rounds: number; readonly quick: boolean},
): Promise<Measurement> {
  let measured: Measurement = {curve: curve.name, machine: machine(), measuredAt: new Date().toISOString(), series: []}
  await curve.measure({
    ...wish,
    keep: async ({name, unit}, n, value) => {
      if (!Number.isFinite(value)) return
      const series = withValue(measured.series, {name, unit, n, value: Number(value.toFixed(3))})
      measured = {...measured, measuredAt: new Date().toISOString(), series}
      await writePart(measured)
    },
    say: (text) => console.error(text),
  })
  return measured
}

async function drawAgain(curve: Curve): Promise<void> {
  const measured = await readMeasurement(curve)
  if (measured) console.log(`${curve.title}\n\n${await redraw(curve, measured)}\n`)
  else console.error(`${curve.name}: nothing was measured yet`)
}
