import type {Rule} from '../rule.ts'
import {listAt, mapAt, startOf, textAt} from '../tree-access.ts'

export const resourceLimits: Rule = {
  code: 'KL-L702',
  title: 'A pod with several networks has no limits',
  severity: 'info',
  why: 'A second interface brings traffic that no quota of the cluster sees; a container without limits can take the whole node with it. On a local cluster all nodes share one machine.',
  fix: 'Add resources.limits with cpu and memory to each container',
  *request({attachments}, {podSpec}) {
    if (attachments.length === 0) return
    for (const container of listAt(podSpec, 'containers')?.items ?? []) {
      const limits = mapAt(container, 'resources', 'limits')
      const missing = ['cpu', 'memory'].filter((name) => !limits?.entries.some(({key}) => key === name))
      if (missing.length > 0)
        yield {
          at: startOf(container),
          message: `the container ${textAt(container, 'name') ?? ''} has no limit for ${missing.join(' and ')}`,
          fix: 'Add resources.limits with cpu and memory',
        }
    }
  },
}
