import {execFileSync} from 'node:child_process'
import type {Home} from './home.ts'

/** A terminal in which a person types: tmux on a socket of its own, so that nobody else's sessions are seen. */
export interface Terminal {
  /** Waits until the screen, without trailing spaces, fits; returns it. Throws with the screen when the time is over. */
  shows(text: RegExp, timeoutSeconds?: number): Promise<string>
  /** Text as typed. */
  type(text: string): void
  /** Keys by tmux' names: `Enter`, `Down`, `C-c`. */
  press(...keys: readonly string[]): void
  close(): void
}

/** Starts `command`, a shell line, in a terminal of 120 × 60 in the home's directory; the screen stays when the command has ended. */
export function openTerminal(home: Home, command: string): Terminal {
  const socket = `k8s-local-e2e-${process.pid}`
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: {...home.env, TERM: 'xterm-256color'},
    })
  tmux('new-session', '-d', '-x', '120', '-y', '60', '-c', home.directory, command)
  tmux('set-option', '-g', 'remain-on-exit', 'on')
  const screen = (): string => tmux('capture-pane', '-p', '-J', '-S', '-').replaceAll(/[ \n]+$/gm, '')
  return {
    shows: (text, timeoutSeconds = 15) => waitFor(screen, text, timeoutSeconds),
    type: (text) => void tmux('send-keys', '-l', text),
    press: (...keys) => void tmux('send-keys', ...keys),
    close: () => void tmux('kill-server'),
  }
}

async function waitFor(screen: () => string, text: RegExp, timeoutSeconds: number): Promise<string> {
  const end = Date.now() + timeoutSeconds * 1000
  for (;;) {
    const seen = screen()
    if (text.test(seen)) return seen
    if (Date.now() > end)
      throw new Error(`the screen did not show ${String(text)} within ${timeoutSeconds} s:\n${seen}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
