import type {LintResult} from './lint-result.ts'

const commands = {error: 'error', warn: 'warning', info: 'notice'} as const

/** Workflow commands of GitHub Actions: each becomes an annotation at its line. */
export function presentLintForGithub({findings, unread}: LintResult): string {
  return [
    ...unread.map(({file, reason}) => `::error file=${property(file)},title=unreadable::${data(reason)}`),
    ...findings.map(({severity, file, line, column, endLine, endColumn, code, message, fix}) => {
      // A column that ends on another line would be taken for one of the first.
      const end = endLine === line && endColumn > column ? `,endColumn=${endColumn}` : ''
      const place = `file=${property(file)},line=${line},endLine=${endLine},col=${column}${end}`
      return `::${commands[severity]} ${place},title=${code}::${data(`${message}\nFix: ${fix}`)}`
    }),
  ].join('\n')
}

/** As the runner undoes it (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
