import {fix} from '../lint/fix.ts'
import {lint, type LintInput} from '../lint/lint.ts'
import type {Source} from '../lint/source.ts'
import {Problem} from '../problem.ts'
import type {RawInput} from '../spec/field.ts'
import {type ReadInputs, readInputs} from './lint-sources.ts'
import type {LintOutcome} from './lint-result.ts'
import type {Surroundings} from './surroundings.ts'
import {observeNamed} from './target.ts'
import type {World} from './world-command.ts'

export interface LintWish {
  readonly inputs: readonly string[]
  readonly said: RawInput
  readonly fix: boolean
}

/** @throws missing-input where nothing is to be judged */
export function requireLintInput(inputs: readonly string[], said: RawInput): void {
  if (inputs.length > 0 || namesCluster(said)) return
  throw new Problem('missing-input', {
    message: 'net lint needs files, folders, - or the name of a network',
    suggestions: ['k8s-local net lint FILE', 'k8s-local net lint --cluster NAME'],
  })
}

/** Reads, judges and with `fix` rewrites. A cluster is looked at only when it is named, or a network of it is. @throws network-not-found, what observing throws */
export async function runLint(wish: LintWish, world: World, stdin: Surroundings['stdin']): Promise<LintOutcome> {
  const {files} = world.drivers
  const read = await readInputs(wish.inputs, {files, stdin})
  const {input, cluster} = await withCluster(read, wish, world)
  const outcome = {
    unread: read.unread,
    files: input.sources.map(({name}) => name),
    ...(cluster !== undefined && {cluster}),
  }
  if (!wish.fix) return {...lint(input), fixed: [], ...outcome}
  const {texts, fixed, report} = fix(input)
  for (const [file, text] of texts) await files.rewrite(file, text)
  return {...report, fixed, ...outcome}
}

async function withCluster(
  {sources, names}: ReadInputs,
  {said, inputs}: LintWish,
  world: World,
): Promise<{readonly input: LintInput; readonly cluster?: string}> {
  if (!namesCluster(said) && names.length === 0) return {input: {sources}}
  const [{chosen, facts}, {observeLintFacts}, {judgedSources, networkSource}, {findNetwork}] = await Promise.all([
    observeNamed(said, world).catch((error: unknown) => {
      throw error instanceof Problem ? aboutNames(error, names) : error
    }),
    import('../run/queries/lint-facts.ts'),
    import('../plan/lint-sources.ts'),
    import('../plan/target-cluster.ts'),
  ])
  const {drivers, signal} = world
  const {kubeconfig, context} = chosen.target
  const kubernetes = await drivers.kubernetes(kubeconfig, context)
  const asked = names.map((name) => {
    const [namespace, rest] = name.includes('/') ? (name.split('/') as [string, string]) : ['default', name]
    return findNetwork({namespace, name: rest}, facts)
  })
  const judged = inputs.length === 0 ? facts.networks : asked
  // A network that lies in files on the nodes is judged file by file; what refers to it means the object.
  const whole = new Set(judged.filter(({nodeConfigs}) => Object.keys(nodeConfigs).length === 0))
  const known: readonly Source[] = facts.networks.filter((network) => !whole.has(network)).map(networkSource)
  return {
    input: {
      sources: [...sources, ...judged.flatMap(judgedSources)],
      known,
      facts: await observeLintFacts(facts, {drivers, kubernetes, signal}),
    },
    cluster: chosen.cluster,
  }
}

function namesCluster(said: RawInput): boolean {
  return said['cluster'] !== undefined || said['context'] !== undefined
}

/** Without a cluster a word that was meant for a file is the likelier mistake. */
function aboutNames({data}: Problem, names: readonly string[]): Problem {
  const hints = names.map((name) => `There is no file ${name}: it was taken for a network of a cluster`)
  const {name, code: _, ...rest} = data
  return new Problem(name, {...rest, suggestions: [...data.suggestions, ...hints]})
}
