import {Problem} from '../../problem.ts'
import type {CachePart} from '../../plan/cache/clear-cache.ts'
import {choice, withDefault} from '../../spec/field-kinds.ts'
import type {RawInput} from '../../spec/field.ts'
import {readFields} from '../../spec/read-fields.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {only} from '../../terminal/run-options.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {
  only: withDefault<CachePart>(
    'all',
    choice<CachePart>({
      flag: 'only',
      ask: 'What to remove',
      describe: 'Remove only this part of what is kept',
      choices: [
        {value: 'all', title: 'All', summary: 'warm node images and downloads'},
        {value: 'warm', title: 'Warm node images', summary: 'made anew by: k8s-local warm'},
        {value: 'downloads', title: 'Downloads', summary: 'fetched again when they are needed'},
      ],
    }),
  ),
}

export default class CacheClear extends PlanCommand<{readonly part: CachePart}> {
  static override readonly summary = 'Remove warm node images and downloads; clusters keep what they need'
  static override readonly examples = [
    '<%= config.bin %> cache clear',
    '<%= config.bin %> cache clear --only warm --yes',
    '<%= config.bin %> cache clear --dry-run',
  ]
  static override readonly flags = {...toFlags(fields), ...runFlags()}

  protected override readonly fields = fields

  protected override async readSpec(input: RawInput): Promise<{readonly part: CachePart}> {
    return {part: readFields(fields, only(input, fields)).only}
  }

  protected override async makePlan(wish: {readonly part: CachePart}, {drivers, signal}: World): Promise<Planned> {
    const [{observeCache}, {clearCache}] = await Promise.all([
      import('../../run/warm/observe-cache.ts'),
      import('../../plan/cache/clear-cache.ts'),
    ])
    const plan = clearCache(wish, await observeCache(drivers, signal))
    if (plan.steps.length === 0) return {plan}
    const question = `${plan.steps.map(({title}) => title).join(', ')}?`
    return {plan, approval: {question, refused: notConfirmed()}}
  }

  protected override summary(): readonly string[] {
    return []
  }
}

function notConfirmed(): Problem {
  return new Problem('not-confirmed', {
    message: 'Nobody confirmed that the cache is to be cleared',
    suggestions: ['k8s-local cache list', 'k8s-local cache clear --yes'],
  })
}
