import {Problem} from '../problem.ts'
import type {RawInput} from '../spec/field.ts'
import {shellText} from './shell-text.ts'

/** What a command cannot do without, in the order of its command line. */
export interface Needs {
  /** As typed: `net add`. */
  readonly command: string
  /** Keys of arguments, with what to write where they are missing: `NAME`. */
  readonly args: Readonly<Record<string, string>>
  /** Keys of flags, with the words to write where they are missing: `--network NAME`. */
  readonly flags?: Readonly<Record<string, string>>
}

/** Passes when all is there. @throws missing-input that names everything at once, with the whole command to paste and fill in */
export function requireInput(said: RawInput, {command, args, flags = {}}: Needs): void {
  const absent = (needs: Readonly<Record<string, string>>) =>
    Object.keys(needs).flatMap((key) => (said[key] === undefined ? [needs[key] ?? key] : []))
  const missing = [...absent(args), ...absent(flags)]
  if (missing.length === 0) return
  const words = Object.entries(args).map(([key, blank]) => textOf(said[key]?.value) ?? blank)
  const given = Object.values(said).flatMap(({from, value}) => (from.startsWith('--') ? flagWords(from, value) : []))
  throw new Problem('missing-input', {
    message: `${command} needs ${missing.join(' and ')}, and there is no terminal to ask on`,
    suggestions: [
      ['k8s-local', command, shellText(words), shellText(given), ...absent(flags)].filter(Boolean).join(' '),
    ],
  })
}

function flagWords(flag: string, value: unknown): readonly string[] {
  if (value === true) return [flag]
  if (value === false) return [flag.replace(/^--/, '--no-')]
  return Array.isArray(value) ? value.flatMap((one) => [flag, String(one)]) : [flag, String(value)]
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
