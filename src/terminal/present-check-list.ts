import type {Check} from '../checks/check.ts'
import {type CheckName, checks} from '../checks/index.ts'
import type {Preview} from './plan-command.ts'
import {table} from './table.ts'

/** Which checks there are: number, name, tier, severity and what it proves. */
export function presentCheckList(names: readonly CheckName[]): Preview {
  const rows = names.map((name) => {
    const {id, tier, severity, title, needs = []}: Check = checks[name]
    return {id, name, tier, severity, title, needs}
  })
  return {
    text: table(
      ['id', 'check', 'tier', 'severity', 'proves'],
      rows.map(({id, name, tier, severity, title}) => [id, name, tier, severity, title]),
    ),
    document: {checks: rows},
  }
}
