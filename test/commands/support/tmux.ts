import {execFileSync, spawnSync} from 'node:child_process'
import {program} from './run-built.ts'

export const hasTmux = spawnSync('tmux', ['-V']).status === 0

/** A text as keys. */
export const typed = (text: string): readonly string[] => text.split('')

/** Ends all terminals that were opened. */
export function closeTerminals(): void {
  for (const socket of sockets.splice(0)) spawnSync('tmux', ['-L', socket, 'kill-server'])
}

/** One server for each terminal: a server that is being ended would take the next terminal down with it. */
const sockets: string[] = []
let opened = 0

/** A terminal in which a person answers. */
export interface Terminal {
  /** Waits for the question, then presses the keys. */
  answer(question: string, ...keys: readonly string[]): Promise<void>
  /** The screen and all that has scrolled away, once it fits. */
  shows(text: RegExp): Promise<string>
}

/** Starts the program in a terminal of its own, wide enough to break no line. */
export function openTerminal(
  argv: readonly string[],
  {home, environment}: {readonly home: string; readonly environment: Readonly<Record<string, string>>},
): Terminal {
  const socket = `k8s-local-test-${process.pid}-${(opened += 1)}`
  sockets.push(socket)
  const tmux = (...words: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...words], {
      encoding: 'utf8',
      env: {...environment, TERM: 'xterm'},
    })
  const command = `${process.execPath} ${program} ${argv.join(' ')}; echo "exit code $?"; sleep 60`
  tmux(
    'start-server',
    ';',
    'set-option',
    '-g',
    'history-limit',
    '10000',
    ';',
    'new-session',
    '-d',
    '-x',
    '300',
    '-y',
    '50',
    '-c',
    home,
    command,
  )
  const shows = async (text: RegExp): Promise<string> => {
    for (const end = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const screen = tmux('capture-pane', '-p', '-J', '-S', '-').replaceAll(/[ ]+$/gm, '').trimEnd()
      if (text.test(screen)) return screen
      if (Date.now() > end) throw new Error(`the terminal does not show ${String(text)}:\n${screen}`)
    }
  }
  return {
    shows,
    answer: async (question, ...keys) => {
      // A question that is open begins its line with a question mark; one that is answered with a tick.
      await shows(new RegExp(`^\\? ${question.replaceAll(/[?'().]/g, '.')}[^\\n]*(?:\\n[^?][^\\n]*|\\n)*$`, 'm'))
      for (const key of keys) tmux('send-keys', key)
    },
  }
}
