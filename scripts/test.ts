/**
 * Everything: the fast tests, then the real clusters: `npm test`. It ends with `N passed, N failed, N skipped` over both,
 * whatever happens, and with exit 1 when a test failed or a run broke off.
 */
import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {artifactSource} from './world/artifact-source.ts'
import {run} from './world/shell-out.ts'

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

const broken: Count = {passed: 0, failed: 1, skipped: 0}
const reports = await mkdtemp(join(tmpdir(), 'k8s-local-tests-'))
const fast = await runTests('fast tests', 'vitest.config.ts', {})
const clusters = await runClusters()
await rm(reports, {recursive: true, force: true})
const total = {
  passed: fast.passed + clusters.passed,
  failed: fast.failed + clusters.failed,
  skipped: fast.skipped + clusters.skipped,
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1

async function runClusters(): Promise<Count> {
  try {
    const bundle = await artifactSource()
    return await runTests('tests on real clusters', 'vitest.e2e.config.ts', bundle ? {K8S_LOCAL_BUNDLE: bundle} : {})
  } catch (error) {
    console.error(`no real clusters: ${error instanceof Error ? error.message : String(error)}`)
    return broken
  }
}

/** Runs one vitest configuration. A run that fails without a failed test, or leaves no report, counts as one failure. */
async function runTests(title: string, config: string, env: NodeJS.ProcessEnv): Promise<Count> {
  console.log(`\n── ${title}`)
  const file = join(reports, `${config}.json`)
  const argv = [
    'node_modules/.bin/vitest',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const {code, seconds} = await run(argv, {show: true, env})
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return broken
  const {numPassedTests, numFailedTests, numPendingTests, numTodoTests} = JSON.parse(text) as Report
  const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests)
  console.log(`${title}: ${numPassedTests} passed, ${failed} failed in ${Math.round(seconds)} s`)
  return {passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests}
}
