import {Problem} from '../problem.ts'
import {nearestName} from '../spec/nearest-name.ts'

/** The problem of a command that does not exist: `typed` as on the command line, `ids` with colons as oclif has them. */
export function unknownCommand(typed: string, ids: readonly string[]): Problem {
  const commands = ids.map((id) => id.replaceAll(':', ' '))
  const best = commands.includes(typed)
    ? undefined
    : (nearestName(typed, commands) ?? nearestName(typed.split(' ')[0] ?? '', commands))
  return new Problem('unknown-command', {
    message: `There is no command "${typed}"`,
    suggestions: [...(best ? [`k8s-local ${best}`] : []), 'k8s-local --help'],
  })
}
