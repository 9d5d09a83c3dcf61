import type {Rule} from '../lint/rule.ts'
import {table} from './table.ts'

/** One line for each rule. */
export function presentRules(rules: readonly Rule[]): string {
  return table(
    ['code', 'severity', 'what is wrong'],
    rules.map(({code, severity, title}) => [code, severity, title]),
  )
}

/** The same for a program. */
export function rulesDocument(rules: readonly Rule[]) {
  return {rules: rules.map(({code, severity, title, why, fix}) => ({code, severity, title, why, fix}))}
}
