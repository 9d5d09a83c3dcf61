import type {Drivers} from '../../../src/drivers/ports.ts'
import type {Prompter} from '../../../src/terminal/prompter.ts'
import type {Surroundings} from '../../../src/terminal/surroundings.ts'
import {type FakeSink, makeFakeSink} from './fake-sink.ts'

export interface FakeSurroundings {
  readonly surroundings: Surroundings
  readonly stdout: FakeSink
  readonly stderr: FakeSink
  exitCode(): number
}

/** A place to run a command in: streams that remember, the given drivers and answers, no variable of the real environment. */
export function makeSurroundings({
  tty = false,
  env = {},
  drivers,
  prompter,
}: {
  readonly tty?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly drivers?: Partial<Drivers>
  readonly prompter?: Prompter
} = {}): FakeSurroundings {
  const stdout = makeFakeSink({isTTY: tty})
  const stderr = makeFakeSink({isTTY: tty})
  let exitCode = 0
  const surroundings: Surroundings = {
    env,
    stdin: {isTTY: tty},
    stdout,
    stderr,
    exitWith: (code) => {
      exitCode = code
    },
    drivers: async () => {
      if (!drivers) throw new Error('this command was to use no drivers')
      return drivers as Drivers
    },
    prompter: async () => {
      if (!prompter) throw new Error('this command was to ask nothing')
      return prompter
    },
  }
  return {surroundings, stdout, stderr, exitCode: () => exitCode}
}
