import type {Drivers} from '../drivers/ports.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {BaseCommand} from './base-command.ts'
import {readEnvironment} from './environment.ts'
import {readArguments, readFlags, withValues} from './flags.ts'
import type {Prompter} from './prompter.ts'
import {isCi} from './reporters/choose-reporter.ts'
import {optionFields, readOptions, type RunOptions} from './run-options.ts'
import {listenForInterrupts} from './signals.ts'

/** What a command has at hand while it works. */
export interface World {
  readonly drivers: Drivers
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
  readonly options: RunOptions
  /** A person looks on: all three streams are a terminal, and no build server runs us. */
  readonly watched: boolean
  /** Absent where there is nobody to ask. */
  readonly prompter?: Prompter
}

/** A command that looks at the world outside: it has drivers, it can be interrupted, it may ask. */
export abstract class WorldCommand extends BaseCommand {
  /** What can be said to it, by flag and by variable. */
  protected abstract readonly fields: Fields

  /** Flags before variables; files, answers and defaults come later. */
  protected async collect(): Promise<RawInput> {
    const fields = {...optionFields, ...this.fields}
    const argv = withValues(this.argv, fields, this.ctor.flags)
    const {args, flags} = await this.parse<Said, Said, Said>(this.ctor, argv)
    return {...readEnvironment(fields, this.surroundings.env), ...readFlags(fields, flags), ...readArguments(args)}
  }

  /** Does the work in a world that Ctrl-C can stop: the first aborts its signal, the second leaves the program. */
  protected async inWorld<T>(said: RawInput, work: (world: World) => Promise<T>): Promise<T> {
    const options = readOptions(said)
    const interrupts = listenForInterrupts({
      onFirst: () => this.onInterrupt(),
      onSecond: () => this.onSecondInterrupt(),
    })
    try {
      const {signal} = interrupts
      const drivers = await this.surroundings.drivers(
        options.kubeconfig === undefined ? {} : {kubeconfig: options.kubeconfig},
      )
      const prompter = this.mayAsk(options) ? await this.surroundings.prompter(signal) : undefined
      return await work({drivers, signal, options, watched: this.isWatched(), ...(prompter && {prompter})})
    } finally {
      interrupts.release()
    }
  }

  protected onInterrupt(): void {
    this.surroundings.stderr.write('\nInterrupted\n')
  }

  protected onSecondInterrupt(): void {}

  private mayAsk({yes, noInput}: RunOptions): boolean {
    return this.isWatched() && !yes && !noInput && !this.jsonEnabled()
  }

  private isWatched(): boolean {
    const {stdin, stdout, stderr, env} = this.surroundings
    return stdin.isTTY === true && stdout.isTTY === true && stderr.isTTY === true && !isCi(env)
  }
}

type Said = Record<string, unknown>
