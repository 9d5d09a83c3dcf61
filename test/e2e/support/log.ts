import {writeSync} from 'node:fs'

const start = Date.now()

/** One line of evidence in the log of the run, with the seconds since it began. Past vitest's console, which would hold it back until the test ends. */
export function say(text: string): void {
  const seconds = ((Date.now() - start) / 1000).toFixed(1).padStart(7)
  for (const line of text.trimEnd().split('\n')) writeSync(2, `${seconds}  ${line}\n`)
}

/** Characters of a line that are worth reading; plans as NDJSON are far longer. */
const longest = 400

/** The last lines of a text, for a failure that has to be read without the machine at hand. */
export function tail(text: string, lines: number): string {
  const all = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.length <= longest ? line : `${line.slice(0, longest)} …`))
  return all.length <= lines ? all.join('\n') : [`… ${all.length - lines} lines above`, ...all.slice(-lines)].join('\n')
}
