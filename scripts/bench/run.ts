/**
 * `npm run bench [-- start-up|lint|verify|scale] [-- --rounds N]`: measures start-up, lint, create and memory, prints the figures and writes them
 * into docs/benchmarks.md, with charts of the last creates. With `start-up` or `lint` it measures only that, needs no Docker and writes nothing. `verify --cluster NAME` (or
 * K8S_LOCAL_BENCH_CLUSTER) measures verify on a cluster that is there, and writes that part; `--full` the full tier too, which restarts its nodes.
 * `scale` measures how cost grows, on clusters that it makes and removes; `--only workers,networks,pods,definitions` some curves, `--quick` their cheap part, `--redraw` nothing:
 * tables and charts are made anew from docs/benchmarks.
 */
import {parseArgs} from 'node:util'
import {artifactSource} from '../world/artifact-source.ts'
import {must} from '../world/shell-out.ts'
import {measureCreate} from './create.ts'
import {measureLint} from './lint.ts'
import {writeCharts} from './create-report.ts'
import {describeFigures, describeLint, writeFigures} from './report.ts'
import {runScale} from './scale/run-scale.ts'
import {measureStartUp} from './start-up.ts'
import {measureVerify} from './verify.ts'
import {describeVerify} from './verify-report.ts'

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {
    rounds: {type: 'string'},
    cluster: {type: 'string'},
    full: {type: 'boolean'},
    only: {type: 'string'},
    quick: {type: 'boolean'},
    redraw: {type: 'boolean'},
  },
})

if (!values.redraw) await must([process.execPath, '--import', 'tsx', 'scripts/build.ts', '--if-stale'])
if (positionals.includes('lint')) {
  console.log(describeLint(measureLint(Number(values.rounds ?? 5))))
} else if (positionals.includes('start-up')) {
  console.log(describeFigures({startUp: measureStartUp(Number(values.rounds ?? 21))}))
} else if (positionals.includes('verify')) {
  const cluster = values.cluster ?? process.env['K8S_LOCAL_BENCH_CLUSTER']
  if (!cluster) throw new Error('name a cluster of k8s-local with two workers: --cluster NAME')
  const tiers = values.full ? (['quick', 'default', 'full'] as const) : (['quick', 'default'] as const)
  const text = describeVerify(await measureVerify({cluster, rounds: Number(values.rounds ?? 3), tiers}))
  console.log(text)
  await writeFigures('bench:verify', text)
} else if (positionals.includes('scale')) {
  const {only, quick = false, redraw = false} = values
  await runScale({...(only !== undefined && {only}), quick, redraw, rounds: Number(values.rounds ?? 1)}).catch(
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = error instanceof DOMException ? 130 : 1
    },
  )
} else {
  const bundle = await artifactSource()
  // By hand and by program have to use the same artifacts, and only a bundle says where each lies.
  if (!bundle)
    throw new Error(
      'set K8S_LOCAL_BUNDLE to a bundle (npm run lab builds one): both ways have to use the same artifacts',
    )
  const create = await measureCreate(bundle, Number(values.rounds ?? 3))
  const text = describeFigures({startUp: measureStartUp(21), lint: measureLint(5), create})
  console.log(text)
  await writeCharts(create)
  await writeFigures('bench', text)
}
