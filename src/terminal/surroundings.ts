import type {Drivers} from '../drivers/ports.ts'
import type {Prompter} from './prompter.ts'

/** Where a command runs: streams, variables, the world behind them. Commands reach nothing else, so a test hands them a world of its own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: {readonly isTTY?: boolean} & Partial<AsyncIterable<Uint8Array | string>>
  readonly stdout: Sink
  readonly stderr: Sink
  /** The code that the process will end with. */
  exitWith(code: number): void
  drivers(choice: DriverChoice): Promise<Drivers>
  prompter(signal: AbortSignal): Promise<Prompter>
}

/** A stream to write to; a terminal also says how wide it is. */
export interface Sink {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** What the user may choose of the world: absolute path of a bundle, of a kubeconfig file. */
export interface DriverChoice {
  readonly kubeconfig?: string
}

/** This process, and the real drivers and prompts; both are loaded when first asked for. */
export function processSurroundings(): Surroundings {
  return {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    exitWith: (code) => {
      process.exitCode = code
    },
    drivers: async (choice) => (await import('../drivers/real-drivers.ts')).makeRealDrivers(choice),
    prompter: async (signal) => (await import('./prompts.ts')).makePrompter(signal),
  }
}
