import {Problem} from '../problem.ts'
import {nearestName} from '../spec/nearest-name.ts'

/** The problem of a command that does not exist: `typed` as on the command line, `ids` with colons as oclif has them. */
export function unknownCommand(typed: string, ids: readonly string[]): Problem {
  const commands = ids.map((id) => id.replaceAll(':', ' '))
  const words = typed.split(' ')
  // What follows the command may be its arguments: two words are the longest command there is.
  const best = nearestName(words.slice(0, 2).join(' '), commands) ?? nearestName(words[0] ?? '', commands)
  return new Problem('unknown-command', {
    message: `There is no command "${typed}"`,
    suggestions: [...(best === undefined ? [] : [`k8s-local ${best}`]), 'k8s-local --help'],
  })
}
