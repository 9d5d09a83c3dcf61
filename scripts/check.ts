/**
 * Everything that can be said about the code without running it: `npm run check`. Two checks at a time; the output of a
 * check is shown only when it fails, or with --verbose. Exit 1 when any failed.
 */
import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {styleText} from 'node:util'

interface Check {
  readonly title: string
  readonly argv: readonly string[]
}

interface Result extends Check {
  readonly ok: boolean
  readonly output: string
  readonly seconds: number
}

const root = join(import.meta.dirname, '..')
const verbose = process.argv.includes('--verbose')

const sourceChecks: readonly Check[] = [
  {title: 'types', argv: bin('tsc', '--project', '.')},
  {title: 'lint', argv: bin('oxlint', '--type-aware', '--deny-warnings')},
  {title: 'format', argv: bin('biome', 'format', '.')},
  {title: 'import law', argv: script('scripts/check-imports.ts')},
  {title: 'hygiene', argv: script('scripts/check-hygiene.ts')},
  {title: 'unused code and packages', argv: bin('knip', '--no-progress')},
]

/** These two read dist, which the first makes anew. */
const buildChecks: readonly Check[] = [
  {title: 'command manifest', argv: script('scripts/check-manifest.ts')},
  {title: 'package shape', argv: bin('publint', 'run', '--strict', '--pack', 'false')},
]

const results = await Promise.all([inOrder(sourceChecks), inOrder(buildChecks)]).then((lists) => lists.flat())
for (const {title, output} of results.filter(({ok}) => verbose || !ok))
  console.log(`\n── ${title}\n${output.trimEnd()}`)
const failed = results.filter(({ok}) => !ok).map(({title}) => title)
console.log(failed.length === 0 ? `\n${results.length} checks passed` : `\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

function bin(name: string, ...args: readonly string[]): readonly string[] {
  return [join(root, 'node_modules/.bin', name), ...args]
}

function script(path: string): readonly string[] {
  return [process.execPath, '--import', 'tsx', path]
}

async function inOrder(all: readonly Check[]): Promise<readonly Result[]> {
  const done: Result[] = []
  for (const check of all) {
    const result = await run(check)
    console.log(
      `${result.ok ? styleText('green', '✔') : styleText('red', '✖')} ${check.title} ${result.seconds.toFixed(1)} s`,
    )
    done.push(result)
  }
  return done
}

async function run(check: Check): Promise<Result> {
  const started = performance.now()
  const [program = '', ...args] = check.argv
  const child = spawn(program, args, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
  return {...check, ok, output, seconds: (performance.now() - started) / 1000}
}
