import {spawnSync} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {judgeImports} from '../../scripts/imports/judge-imports.ts'
import {homes, layers} from '../../scripts/imports/law.ts'
import {readImports} from '../../scripts/imports/read-imports.ts'
import {temporaryTree} from './temporary-tree.ts'

const leaves = {
  'src/problem.ts': 'export const problem = 1',
  'src/steps/step.ts': 'export interface Step {readonly id: string}\nexport const step = 1',
  'src/spec/cluster-spec.ts': 'export const spec = 1',
  'src/plan/make-plan.ts': 'export const plan = 1',
  'src/drivers/clock.ts': 'export const clock = 1',
  'src/run/run-plan.ts': 'export const run = 1',
  'src/terminal/style.ts': 'export const style = 1',
}

async function breachesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return judgeImports(await readImports(await temporaryTree({...leaves, ...files})))
}

describe('a tree that keeps the law', () => {
  test('has no breach', async () => {
    const breaches = await breachesOf({
      'src/spec/read-spec.ts':
        "import {problem} from '../problem.ts'\nimport {step} from '../steps/step.ts'\nexport {problem, step}",
      'src/drivers/process.ts':
        "import {spawn} from 'node:child_process'\nimport type {Step} from '../steps/step.ts'\nexport {spawn}\nexport type {Step}",
      'src/terminal/plan-command.ts':
        "import {Command} from '@oclif/core/command'\nexport const load = () => import('../run/run-plan.ts')\nexport {Command}",
      'src/commands/create.ts': "import {style} from '../terminal/style.ts'\nexport default style",
    })

    expect(breaches).toEqual([])
  })
})

describe('imports go downwards only', () => {
  test.each([
    ['src/steps/upwards.ts', '../spec/cluster-spec.ts', 'steps must not import spec'],
    ['src/spec/upwards.ts', '../plan/make-plan.ts', 'spec must not import plan'],
    ['src/plan/upwards.ts', '../drivers/clock.ts', 'plan must not import drivers'],
    ['src/drivers/upwards.ts', '../plan/make-plan.ts', 'drivers must not import plan'],
    ['src/run/upwards.ts', '../terminal/style.ts', 'run must not import terminal'],
    ['src/problem-list.ts', './steps/step.ts', 'foundation must not import steps'],
  ])('%s must not import %s', async (path, target, sentence) => {
    const breaches = await breachesOf({[path]: `import '${target}'`})

    expect(breaches).toHaveLength(1)
    expect(breaches[0]).toContain(`${path}: ${sentence}`)
  })

  test.each([
    ['a type', "import type {Plan} from '../run/run-plan.ts'\nexport type {Plan}"],
    ['an export from', "export * from '../run/run-plan.ts'"],
    ['a dynamic import', "export const load = () => import('../run/run-plan.ts')"],
  ])('%s counts like any import', async (_form, text) => {
    expect(await breachesOf({'src/checks/upwards.ts': text})).toHaveLength(1)
  })

  test('drivers take only types from steps', async () => {
    const [breach] = await breachesOf({'src/drivers/values.ts': "import {step} from '../steps/step.ts'\nexport {step}"})

    expect(breach).toContain('drivers may take only types from steps')
  })

  test('a folder without a layer is refused', async () => {
    const [breach] = await breachesOf({'src/helpers/strings.ts': 'export const one = 1'})

    expect(breach).toContain('no layer is named so')
  })

  test('a file outside src is refused', async () => {
    const [breach] = await breachesOf({'src/run/outside.ts': "import '../../scripts/build.ts'"})

    expect(breach).toContain('outside the layers')
  })
})

describe('effects and packages have one home', () => {
  const pureLayers = Object.entries(layers).filter(([, layer]) => layer.node.length === 0 && layer.node !== 'all')

  test.each(pureLayers.map(([name]) => name).filter((name) => name !== 'foundation' && name !== 'cli'))(
    '%s uses no builtin of Node',
    async (name) => {
      const [breach] = await breachesOf({[`src/${name}/effect.ts`]: "import 'node:path'"})

      expect(breach).toContain(`${name} must not use node:path`)
    },
  )

  test.each(['fs', 'fs/promises', 'child_process', 'timers/promises', 'net', 'https'])(
    'run and terminal do not use node:%s',
    async (builtin) => {
      const breaches = await breachesOf({
        'src/run/effect.ts': `import 'node:${builtin}'`,
        'src/terminal/effect.ts': `import 'node:${builtin}'`,
      })

      expect(breaches).toHaveLength(2)
    },
  )

  test.each(Object.keys(homes))('%s is imported at home only', async (name) => {
    const [breach] = await breachesOf({'src/run/stranger.ts': `export const load = () => import('${name}')`})

    expect(breach).toContain(`${name} lives in`)
  })

  test('a package without a home is refused', async () => {
    const [breach] = await breachesOf({'src/run/stranger.ts': "import 'left-pad/deep'"})

    expect(breach).toContain('left-pad has no home')
  })

  test('a builtin is written with node:, an own file with .ts', async () => {
    const breaches = await breachesOf({'src/drivers/loose.ts': "import 'fs'\nimport './clock'"})

    expect(breaches.join('\n')).toContain('write node:fs for fs')
    expect(breaches.join('\n')).toContain('without its .ts')
  })
})

describe('import cycles', () => {
  test('a cycle of values is reported once, with its path', async () => {
    const breaches = await breachesOf({
      'src/run/a.ts': "import './b.ts'",
      'src/run/b.ts': "import './c.ts'",
      'src/run/c.ts': "import './a.ts'",
    })

    expect(breaches).toEqual(['import cycle: src/run/a.ts → src/run/b.ts → src/run/c.ts → src/run/a.ts'])
  })

  test('a type closes no cycle', async () => {
    const breaches = await breachesOf({
      'src/run/a.ts': "import './b.ts'\nexport interface A {}",
      'src/run/b.ts': "import type {A} from './a.ts'\nexport type B = A",
    })

    expect(breaches).toEqual([])
  })
})

test('the check ends with 1 and names the breach', async () => {
  const root = await temporaryTree({'src/spec/effect.ts': "import 'node:fs'"})

  const {status, stderr} = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-imports.ts', root], {
    encoding: 'utf8',
  })

  expect(status).toBe(1)
  expect(stderr).toContain('spec must not use node:fs')
})
