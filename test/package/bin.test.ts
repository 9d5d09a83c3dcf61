import {spawnSync} from 'node:child_process'
import {cp, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'

const root = join(import.meta.dirname, '../..')

test('a clone that was never built says what to run', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'k8s-local-clone-'))
  onTestFinished(() => rm(clone, {recursive: true, force: true}))
  for (const path of ['bin', 'package.json']) await cp(join(root, path), join(clone, path), {recursive: true})

  const {status, stderr} = spawnSync(process.execPath, [join(clone, 'bin/run.js'), 'list'], {encoding: 'utf8'})

  expect(stderr).toBe('k8s-local is not built: run `npm run build` first\n')
  expect(status).toBe(10)
})

test('the development entry runs the sources as they are', () => {
  const {status, stdout} = spawnSync(process.execPath, [join(root, 'bin/dev.js'), 'create', '--help'], {
    encoding: 'utf8',
  })

  expect(status).toBe(0)
  expect(stdout).toContain('USAGE')
})
