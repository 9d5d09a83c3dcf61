import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {cpus, totalmem} from 'node:os'
import {dirname, join} from 'node:path'
import {criticalShares} from '../../src/run/critical-times.ts'
import {doerNames, shareText} from '../../src/terminal/timings/doer-names.ts'
import {ganttSvg} from '../../src/terminal/timings/gantt-svg.ts'
import {root} from '../world/shell-out.ts'
import type {CreateBench} from './create.ts'
import type {LintBench} from './lint.ts'
import {median} from './median.ts'
import type {StartUp} from './start-up.ts'

export interface Figures {
  readonly startUp: readonly StartUp[]
  readonly lint?: LintBench
  readonly create?: CreateBench
}

const goals = {create: 0.75, memory: 150, lint: 1000}

/** The figures as Markdown: what stands between the markers of docs/benchmarks.md. */
export function describeFigures({startUp, lint, create}: Figures): string {
  const rows = startUp.map(
    ({title, ratio, goal, milliseconds}) =>
      `| \`${title}\` | ${ratio.toFixed(2)} | ${goal.toFixed(1)} | ${Math.round(milliseconds)} |`,
  )
  const start = ['| start-up | × `node -e 0` | goal | ms |', '|---|--:|--:|--:|', ...rows].join('\n')
  return [machine(), start, ...(lint ? [describeLint(lint)] : []), ...(create ? [describeCreate(create)] : [])].join(
    '\n\n',
  )
}

/** One sentence, with the goal. */
export function describeLint({networks, megabytes, milliseconds}: LintBench): string {
  return `\`net lint\` of ${networks.toLocaleString('en')} networks, ${megabytes.toFixed(1)} MB of YAML, reading included: **${Math.round(milliseconds)} ms** (goal ${goals.lint} ms).`
}

/** What the figures were taken on, and when. */
export function machine(): string {
  return `Node ${process.version}, ${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GB, ${new Date().toISOString().slice(0, 10)}.`
}

/** Puts the text between the markers that a part has in docs/benchmarks.md. */
export async function writeFigures(part: 'bench' | 'bench:verify', text: string): Promise<void> {
  const file = join(root, 'docs/benchmarks.md')
  const [begin, end] = [`<!-- ${part}:begin -->`, `<!-- ${part}:end -->`]
  const [before, rest = ''] = (await readFile(file, 'utf8')).split(begin)
  const after = rest.split(end)[1]
  await writeFile(file, `${before}${begin}\n${text}\n${end}${after}`)
}

/** Where the picture of the last create lies, from docs/benchmarks.md. */
const chart = 'images/create-timings.svg'

/** Draws the last create: what `--timings=svg` draws of any run. */
export async function writeChart({outcome}: CreateBench): Promise<void> {
  const picture = ganttSvg(outcome)
  if (picture === undefined) throw new Error('create ran no step: there is nothing to draw')
  const file = join(root, 'docs', chart)
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, `${picture}\n`)
}

function describeCreate({rounds, stepsByHand, criticalPath, outcome, peakMemory}: CreateBench): string {
  const ratio = median(rounds.map(({byHand, ours}) => ours / byHand))
  const table = rounds.map(
    ({byHand, ours}, index) =>
      `| ${index + 1} | ${byHand.toFixed(1)} | ${ours.toFixed(1)} | ${(ours / byHand).toFixed(2)} |`,
  )
  const list = (steps: readonly {title: string; seconds: number}[]): string =>
    steps.map(({title, seconds}) => `| ${title} | ${seconds.toFixed(1)} |`).join('\n')
  const shares = criticalShares(outcome).map(
    ({doer, milliseconds, share}) =>
      `| ${doerNames[doer]} | ${(milliseconds / 1000).toFixed(1)} | ${shareText(share)} |`,
  )
  return `Create to verified, Cilium and Multus, one control plane and two workers: median ratio **${ratio.toFixed(2)}** (goal ${goals.create}).

| round | by hand, s | k8s-local, s | ratio |
|--:|--:|--:|--:|
${table.join('\n')}

| by hand, last round | s |
|---|--:|
${list(stepsByHand)}

| critical path of k8s-local, last round | s |
|---|--:|
${list(criticalPath)}

| whose work that was | s | share |
|---|--:|--:|
${shares.join('\n')}

![Every step of create in the last round, and the critical path](${chart})

Peak memory of the program: **${Math.round(peakMemory / 1e6)} MB** (goal ${goals.memory} MB).`
}
