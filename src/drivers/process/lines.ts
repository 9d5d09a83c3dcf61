import {StringDecoder} from 'node:string_decoder'

/** Cuts bytes into lines without their ends (`\n` or `\r\n`); a character or a line may be spread over chunks. */
export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** Gives the last line, if it had no end. */
  end(): void
  /** All that was pushed, as text. */
  text(): string
}

export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  const parts: string[] = []
  let rest = ''
  const take = (text: string): void => {
    parts.push(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
  return {
    push: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end: () => {
      take(decoder.end())
      if (rest !== '') onLine(rest)
      rest = ''
    },
    text: () => parts.join(''),
  }
}

/** The last lines of a text that say something, for the cause of a Problem. */
export function lastLines(text: string, count = 12): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n')
}
