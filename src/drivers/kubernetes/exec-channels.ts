import {member, records} from '../untyped.ts'
import type {Finished} from '../ports.ts'
import {messageOf} from './api-problem.ts'

/** Puts the messages of an exec together: the first byte says the channel (1 stdout, 2 stderr, 3 the status at the end). */
export interface Channels {
  push(message: Buffer): void
  /** What the status said. `refused`: why the program did not run; undefined: there was no status. */
  end(): {readonly finished: Finished} | {readonly refused: string | undefined}
}

export function createChannels(onOutput?: (text: string, stream: 'stdout' | 'stderr') => void): Channels {
  // A character may lie in two messages.
  const decoders = {1: new TextDecoder(), 2: new TextDecoder()} as const
  const parts: Record<number, Buffer[]> = {1: [], 2: [], 3: []}
  const text = (channel: number): string => Buffer.concat(parts[channel] ?? []).toString('utf8')
  return {
    push: (message) => {
      const [channel = 0] = message
      parts[channel]?.push(message.subarray(1))
      if (channel === 1 || channel === 2)
        onOutput?.(decoders[channel].decode(message.subarray(1), {stream: true}), channel === 1 ? 'stdout' : 'stderr')
    },
    end: () => {
      const exitCode = exitCodeOf(text(3))
      if (exitCode !== undefined) return {finished: {exitCode, stdout: text(1), stderr: text(2)}}
      return {refused: messageOf(text(3)) || undefined}
    },
  }
}

/** A Status with reason NonZeroExitCode carries the code as a cause (kubernetes, kubelet cri/streaming/remotecommand). */
function exitCodeOf(status: string): number | undefined {
  if (status === '') return undefined
  const value: unknown = JSON.parse(status)
  if (member(value, 'status') === 'Success') return 0
  const cause = records(member(value, 'details', 'causes')).find(({reason}) => reason === 'ExitCode')
  return member(value, 'reason') === 'NonZeroExitCode' && cause ? Number(cause['message']) : undefined
}
