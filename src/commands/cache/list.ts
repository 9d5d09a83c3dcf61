import type {CacheFacts} from '../../plan/cache/cache-facts.ts'
import type {RawInput} from '../../spec/field.ts'
import {presentCache} from '../../terminal/present-cache.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import type {World} from '../../terminal/world-command.ts'

export default class CacheList extends QueryCommand<CacheFacts> {
  static override readonly summary = 'List what is kept to be faster: warm node images and downloads'
  static override readonly examples = ['<%= config.bin %> cache list', '<%= config.bin %> cache list --json']

  protected override readonly fields = {}

  protected override async query(_said: RawInput, {drivers, signal}: World): Promise<CacheFacts> {
    const {observeCache} = await import('../../run/warm/observe-cache.ts')
    return observeCache(drivers, signal)
  }

  protected override present(facts: CacheFacts, page: Page): string {
    return presentCache(facts, page)
  }
}
