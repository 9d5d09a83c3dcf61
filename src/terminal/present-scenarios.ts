import type {ListedScenario, ScenarioView} from '../plan/scenario/view-scenario.ts'
import {toYaml} from '../to-yaml.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'
import {wrap} from './wrap.ts'

/** One line for each scenario, and how to go on. */
export function presentScenarios(scenarios: readonly ListedScenario[]): string {
  const rows = scenarios.map(({name, state, lacks, title}) => [
    name,
    lacks.length > 0 && state === 'not applied' ? 'cannot be: see below' : (state ?? '-'),
    title,
  ])
  const reasons = scenarios.filter(({lacks}) => lacks.length > 0).map(({lacks}) => lacks.join('; '))
  return [
    table(['scenario', 'state', 'what it shows'], rows),
    ...(reasons.length > 0 ? [reasons.join('\n')] : []),
    'More of one: k8s-local scenario show NAME',
  ].join('\n\n')
}

/** What a scenario shows and needs, its objects as YAML, and how to look at it by hand. */
export function presentScenario(view: ScenarioView, {width, style}: Page): string {
  const {name, title, shows, needs, state, objects, checks, look, imagined} = view
  return [
    style.bold(`${name}: ${title}`),
    wrap(shows, width).join('\n'),
    [
      `Needs   ${needs}`,
      `State   ${state ?? 'there is no cluster: shown for one as create makes it'}`,
      ...(imagined && state !== undefined
        ? ['        the cluster lacks what it needs: shown for one as create makes it']
        : []),
    ].join('\n'),
    [style.bold('Objects'), objects.map((object) => toYaml(object).trimEnd()).join('\n---\n')].join('\n'),
    [style.bold('What is checked'), ...checks.map((check) => `  ${check}`)].join('\n'),
    [style.bold('Look at it by hand'), ...look.map((command) => `  ${command}`)].join('\n'),
  ].join('\n\n')
}

/** Only the objects, for kubectl. */
export function presentObjects({objects}: Pick<ScenarioView, 'objects'>, output: 'yaml' | 'json'): string {
  if (output === 'yaml') return objects.map((object) => toYaml(object).trimEnd()).join('\n---\n')
  return JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}, undefined, 2)
}
