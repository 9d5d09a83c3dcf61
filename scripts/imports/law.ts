/**
 * The import law as data. Imports go downwards only: a folder imports itself and the folders named here, and nothing else.
 * `types` folders may be named only by `import type`. `node` lists the builtins a folder may use; what acts on the machine
 * (files, processes, sockets, timers) is absent everywhere but in drivers.
 */
export interface Layer {
  readonly imports: readonly LayerName[]
  readonly types?: readonly LayerName[]
  readonly node: readonly string[] | 'all'
}

export type LayerName = (typeof layerNames)[number]

const layerNames = [
  'foundation',
  'steps',
  'templates',
  'catalog',
  'spec',
  'checks',
  'diagnosis',
  'lint',
  'scenarios',
  'plan',
  'drivers',
  'run',
  'terminal',
  'commands',
  'hooks',
  'cli',
] as const

const pure = [
  'foundation',
  'steps',
  'templates',
  'catalog',
  'spec',
  'checks',
  'diagnosis',
  'lint',
  'scenarios',
  'plan',
] as const
const everything = [...pure, 'drivers', 'run', 'terminal'] as const

export const layers: Readonly<Record<LayerName, Layer>> = {
  // The files directly in src, cli.ts excepted: problem.ts and what it needs. A hash acts on nothing.
  foundation: {imports: [], node: ['crypto']},
  steps: {imports: below('steps'), node: []},
  templates: {imports: below('templates'), node: []},
  catalog: {imports: below('catalog'), node: []},
  spec: {imports: below('spec'), node: []},
  checks: {imports: below('checks'), node: []},
  diagnosis: {imports: below('diagnosis'), node: []},
  lint: {imports: below('lint'), node: []},
  scenarios: {imports: below('scenarios'), node: []},
  plan: {imports: below('plan'), node: []},
  drivers: {imports: ['foundation'], types: ['steps'], node: 'all'},
  run: {imports: [...pure, 'drivers'], node: ['path', 'util']},
  terminal: {imports: [...pure, 'drivers', 'run'], node: ['path', 'util']},
  commands: {imports: everything, node: ['path']},
  hooks: {imports: everything, node: []},
  cli: {imports: everything, node: ['path']},
}

/** Where each package may be imported: a file, or a folder with its slash. A package that is not named here has no home yet. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  '@inquirer/prompts': ['src/terminal/prompts.ts', 'src/terminal/prompts/'],
  '@oclif/core': [
    'src/cli.ts',
    'src/commands/',
    'src/hooks/',
    'src/terminal/base-command.ts',
    'src/terminal/flags.ts',
    'src/terminal/help.ts',
    'src/terminal/plan-command.ts',
  ],
  chalk: ['src/terminal/style.ts'],
  execa: ['src/drivers/process.ts'],
  'ipaddr.js': ['src/spec/cidr.ts'],
  listr2: ['src/terminal/reporters/task-list.ts'],
  semver: ['src/spec/versions.ts'],
  ws: ['src/drivers/kubernetes/'],
  yaml: ['src/yaml.ts', 'src/yaml-tree.ts', 'src/to-yaml.ts'],
}

/** The layer of a file, by its path below the repository: `src/spec/cidr.ts` is of `spec`. Undefined: a folder the law does not know. */
export function layerOf(path: string): LayerName | undefined {
  const [, folder, ...rest] = path.split('/')
  if (folder === 'cli.ts') return 'cli'
  if (rest.length === 0) return 'foundation'
  return layerNames.find((name) => name === folder)
}

function below(name: (typeof pure)[number]): readonly LayerName[] {
  return pure.slice(0, pure.indexOf(name))
}
