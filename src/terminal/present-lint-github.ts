import type {LintResult} from './lint-result.ts'
import {workflowCommand} from './workflow-command.ts'

const commands = {error: 'error', warn: 'warning', info: 'notice'} as const

/** Workflow commands of GitHub Actions: each becomes an annotation at its line. */
export function presentLintForGithub({findings, unread}: LintResult): string {
  return [
    ...unread.map(({file, reason}) => workflowCommand('error', {file, title: 'unreadable'}, reason)),
    ...findings.map(({severity, file, line, column, endLine, endColumn, code, message, fix}) => {
      // A column that ends on another line would be taken for one of the first.
      const end = endLine === line && endColumn > column ? endColumn : undefined
      const place = {file, line, endLine, col: column, endColumn: end, title: code}
      return workflowCommand(commands[severity], place, `${message}\nFix: ${fix}`)
    }),
  ].join('\n')
}
