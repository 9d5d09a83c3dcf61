/**
 * Reads the titles of kind's phases from its output without a terminal: ` • Preparing nodes 📦 📦 ...` when one starts, ` ✓ …` or
 * ` ✗ …` when it ends (kind v0.33 pkg/internal/cli/status.go). Other lines are left alone.
 */
export interface PhaseReader {
  line(text: string): void
  /** The phase that has started and not ended. */
  current(): string | undefined
}

export function createPhaseReader(onPhase: (title: string) => void): PhaseReader {
  let current: string | undefined
  return {
    line: (text) => {
      const [, mark, rest = ''] = /^ ([•✓✗]) (.+)$/u.exec(text) ?? []
      if (mark === undefined) return
      if (mark === '•') {
        current = titleOf(rest)
        onPhase(current)
      } else if (mark === '✓') current = undefined
    },
    current: () => current,
  }
}

/** Emoji, their joiners and variation selectors, and the dots at the end are decoration. */
function titleOf(text: string): string {
  return text
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F/gu, '')
    .replace(/\.{3}\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}
