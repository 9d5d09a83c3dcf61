import type {Explanation} from './explanation.ts'

/** What a command line, a file or an answer can be wrong in: KL-1. */
export const usage = {
  'unknown-command': {means: 'There is no such command.', causes: ['A typing mistake'], fixes: ['k8s-local --help']},
  'invalid-input': {
    means: 'One or more values are not what their flag, variable, file key or question takes. All of them are listed.',
    causes: [
      'A typing mistake',
      'An address range that overlaps another',
      'A K8S_LOCAL_ variable left over in the shell',
    ],
    fixes: [
      'Change what is listed, then the same command again',
      'See the flags and their values: k8s-local create --help',
    ],
  },
  'missing-input': {
    means: 'Something that has no default was not given, and there is no terminal to ask on.',
    causes: ['A script, a pipe or a build server', '--json, --no-input or --yes, which ask nothing'],
    fixes: ['Paste the command from the message and fill in the capitals'],
  },
  'spec-file-unreadable': {
    means: 'The file given by --file cannot be read, or is not YAML.',
    causes: ['Another folder than expected', 'Indentation by tabs'],
    fixes: [
      'Look at the line and column of the message',
      'Have one written: answer the questions of k8s-local create and save the file at the end',
    ],
  },
  'bad-usage': {
    means: 'The command exists, but not with these flags or arguments.',
    causes: ['A flag of another command', 'A value that begins with a dash: write --flag=-value'],
    fixes: ['Add --help to the command'],
  },
  'not-confirmed': {
    means: 'The command destroys something and nobody confirmed it.',
    causes: [
      'Another name typed than asked for',
      'No terminal to ask on, and neither --yes nor --confirm NAME',
      'The networks of a bare pod are to change: it would have to be made again',
    ],
    fixes: ['k8s-local delete NAME --confirm NAME', 'k8s-local pod attach NAME --network NETWORK --recreate'],
  },
} as const satisfies Record<string, Explanation>
