import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {criticalShares} from '../../src/run/critical-times.ts'
import {doerNames, shareText} from '../../src/terminal/timings/doer-names.ts'
import {ganttSvg} from '../../src/terminal/timings/gantt-svg.ts'
import {root} from '../world/shell-out.ts'
import type {CreateBench, Path, Round, Timed, Way} from './create.ts'
import {median} from './median.ts'

const goals = {cold: 0.65, warm: 0.45, kind: 1.15, own: 0.1, memory: 150}

/** Where the picture of the last create lies, from docs/benchmarks.md. */
const charts = {cold: 'images/create-timings.svg', warm: 'images/create-timings-warm.svg'}

/** Draws the last creates: what `--timings=svg` draws of any run. */
export async function writeCharts({cold, warm}: CreateBench): Promise<void> {
  for (const [{outcome}, chart] of [[cold, charts.cold] as const, [warm, charts.warm] as const]) {
    const picture = ganttSvg(outcome)
    if (picture === undefined) throw new Error('create ran no step: there is nothing to draw')
    const file = join(root, 'docs', chart)
    await mkdir(dirname(file), {recursive: true})
    await writeFile(file, `${picture}\n`)
  }
}

/** The figures as Markdown: ratios with their spread, each round, and where the time went in the last one. */
export function describeCreate({rounds, byHandFromArchives, stepsByHand, cold, warm, peakMemory}: CreateBench): string {
  const byHand = median(rounds.map((round) => round.byHand.total))
  return `Create to verified, Cilium and Multus, one control plane and two workers; ratios to the same by hand.

| | median of ${rounds.length} pairs | fastest to slowest | goal |
|---|--:|--:|--:|
${ratioRow('from the plain node image', rounds, {way: 'cold', what: 'total'}, goals.cold)}
${ratioRow('from a warm node image', rounds, {way: 'warm', what: 'total'}, goals.warm)}
${ratioRow("kind's own part of it, plain", rounds, {way: 'cold', what: 'kind'}, goals.kind)}
${ratioRow("kind's own part of it, warm", rounds, {way: 'warm', what: 'kind'}, goals.kind)}

| round | by hand, s | of which kind | plain, s | of which kind | warm, s | of which kind |
|--:|--:|--:|--:|--:|--:|--:|
${rounds.map(roundRow).join('\n')}

By hand with archives that lie ready in place of \`kind load docker-image\`, once: ${byHandFromArchives.toFixed(1)} s, ${(byHandFromArchives / byHand).toFixed(2)} of the median above.

| by hand, last round | s |
|---|--:|
${list(stepsByHand)}

${describePath('plain', cold)}

![Every step of create from the plain node image in the last round, and the critical path](${charts.cold})

${describePath('warm', warm)}

![Every step of create from a warm node image in the last round, and the critical path](${charts.warm})

Peak memory of the program: **${Math.round(peakMemory / 1e6)} MB** (goal ${goals.memory} MB).`
}

interface Compared {
  readonly way: 'cold' | 'warm'
  readonly what: keyof Way
}

function ratioRow(title: string, rounds: readonly Round[], {way, what}: Compared, goal: number): string {
  const ratios = rounds.map((round) => round[way][what] / round.byHand[what])
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
  return `| ${title} | **${median(ratios).toFixed(2)}** | ${spread} | ${goal} |`
}

function roundRow({byHand, cold, warm}: Round, index: number): string {
  const cells = [byHand, cold, warm].flatMap(({total, kind}) => [total.toFixed(1), kind.toFixed(1)])
  return `| ${index + 1} | ${cells.join(' | ')} |`
}

function describePath(name: 'plain' | 'warm', {critical, outcome}: Path): string {
  const shares = criticalShares(outcome).map(
    ({doer, milliseconds, share}) =>
      `| ${doerNames[doer]} | ${(milliseconds / 1000).toFixed(1)} | ${shareText(share)} |`,
  )
  return `| critical path of k8s-local, ${name}, last round | s |
|---|--:|
${list(critical)}

| whose work that was, ${name} (goal: our own part < ${goals.own * 100} %) | s | share |
|---|--:|--:|
${shares.join('\n')}`
}

function list(steps: readonly Timed[]): string {
  return steps.map(({title, seconds}) => `| ${title} | ${seconds.toFixed(1)} |`).join('\n')
}
