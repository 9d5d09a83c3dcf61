import {readFile, writeFile} from 'node:fs/promises'
import {cpus, totalmem} from 'node:os'
import {join} from 'node:path'
import {root} from '../world/shell-out.ts'
import type {CreateBench} from './create.ts'
import {describeCreate} from './create-report.ts'
import type {LintBench} from './lint.ts'
import type {StartUp} from './start-up.ts'

export interface Figures {
  readonly startUp: readonly StartUp[]
  readonly lint?: LintBench
  readonly create?: CreateBench
}

const goals = {lint: 1000}

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

/** A part of docs/benchmarks.md that is written by program. */
export type FiguresPart = 'bench' | 'bench:verify' | `bench:scale-${string}`

/** Puts the text between the markers that a part has in docs/benchmarks.md. */
export async function writeFigures(part: FiguresPart, text: string): Promise<void> {
  const file = join(root, 'docs/benchmarks.md')
  await writeFile(file, replaceFigures(await readFile(file, 'utf8'), part, text))
}

/** The page with other figures of one part. Throws Error where the page has no markers for it. */
export function replaceFigures(page: string, part: FiguresPart, text: string): string {
  const [begin, end] = [`<!-- ${part}:begin -->`, `<!-- ${part}:end -->`]
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for ${part}: ${begin} and ${end}`)
  return `${page.slice(0, from)}${begin}\n${text}\n${page.slice(to)}`
}
