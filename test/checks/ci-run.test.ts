import {spawnSync} from 'node:child_process'
import {chmod, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {temporaryTree} from './temporary-tree.ts'

interface World {
  /** What the fake npm does for `npm ci`, `npm run check` and `npm test`. */
  readonly ci?: string
  readonly check?: string
  readonly test?: string
  /** Whether an engine answers before the run. */
  readonly engine?: 'running' | 'absent'
}

/** Runs .ci/run in a repository of fakes and returns its exit code and lines of output. */
async function runCi({ci = 'true', check = 'true', test: tests = 'true', engine = 'running'}: World) {
  const script = await readFile(join(import.meta.dirname, '../../.ci/run'), 'utf8')
  const root = await temporaryTree({
    '.ci/run': script,
    'lab/engine': `[ "$1" = stop ] && echo stopped >>engine.log\n${engine === 'running' ? 'true' : 'false'}\n`,
    'bin/npm': `#!/bin/bash\ncase "$*" in ci*) ${ci};; "run --silent check") ${check};; test) ${tests};; esac\n`,
    'bin/node': '#!/bin/bash\nsleep 60\n',
  })
  for (const program of ['bin/npm', 'bin/node']) await chmod(join(root, program), 0o755)
  const {status, stdout} = spawnSync('bash', ['.ci/run'], {
    cwd: root,
    encoding: 'utf8',
    env: {...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}`},
  })
  const engineLog = await readFile(join(root, 'engine.log'), 'utf8').catch(() => '')
  return {status, lines: stdout.trimEnd().split('\n'), engineLog}
}

describe('the last line and the exit code', () => {
  test.each([
    ['all is well', {test: 'echo "90 passed, 0 failed, 3 skipped"'}, '90 passed, 0 failed, 3 skipped', 0],
    ['a test failed', {test: 'echo "89 passed, 1 failed, 3 skipped"; false'}, '89 passed, 1 failed, 3 skipped', 1],
    [
      'a check failed',
      {check: 'false', test: 'echo "90 passed, 0 failed, 3 skipped"'},
      '90 passed, 1 failed, 3 skipped',
      1,
    ],
    ['the tests broke off', {test: 'echo nothing; exit 137'}, '0 passed, 1 failed, 0 skipped', 1],
    [
      'the tests say well but end badly',
      {test: 'echo "90 passed, 0 failed, 3 skipped"; exit 1'},
      '90 passed, 1 failed, 3 skipped',
      1,
    ],
    ['packages cannot be installed', {ci: 'false'}, '0 passed, 1 failed, 0 skipped', 1],
  ])('when %s', async (_case, world, line, code) => {
    const {status, lines} = await runCi(world)

    expect(lines.at(-1)).toBe(line)
    expect(status).toBe(code)
  })
})

test('ends the engine that it started, and no other', async () => {
  const started = await runCi({engine: 'absent', test: 'echo "1 passed, 0 failed, 0 skipped"'})
  const found = await runCi({engine: 'running', test: 'echo "1 passed, 0 failed, 0 skipped"'})

  expect(started.engineLog).toBe('stopped\n')
  expect(found.engineLog).toBe('')
})
