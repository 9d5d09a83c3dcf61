import {Chalk} from 'chalk'

/** The few ways in which text may stand out. Each takes plain text and gives it back, painted or as it was. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

interface ColourHints {
  readonly isTTY: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--no-color` was given. */
  readonly refused?: boolean
}

/** Painted where the stream and the user want it: `--no-color`, then FORCE_COLOR, NO_COLOR, TERM=dumb, then whether it is a terminal. */
export function makeStyle(hints: ColourHints): Style {
  return new Chalk({level: wantsColour(hints) ? 1 : 0})
}

export const plainStyle: Style = new Chalk({level: 0})

function wantsColour({isTTY, env, refused = false}: ColourHints): boolean {
  if (refused) return false
  // Node decides between the two in the same way: FORCE_COLOR wins (Node 20, tty.getColorDepth).
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR)
  if (env.NO_COLOR) return false
  return isTTY && env.TERM !== 'dumb'
}
