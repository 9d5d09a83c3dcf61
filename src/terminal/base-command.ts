import {Command} from '@oclif/core/command'
import {boolean} from '@oclif/core/flags'
import type {Config} from '@oclif/core/config'
import {exitCodeOf, errorDocument, jsonText} from './json-document.ts'
import {type Page, presentProblem} from './present-problem.ts'
import {makeStyle, type Style} from './style.ts'
import {processSurroundings, type Sink, type Surroundings} from './surroundings.ts'
import {problemOf} from './usage-problem.ts'

/** What every command has: `--json` with one document whatever happens, problems instead of stack traces, surroundings that a test can replace. */
export abstract class BaseCommand extends Command {
  static override readonly enableJsonFlag = true

  static override readonly baseFlags = {
    json: boolean({description: 'print one JSON document on stdout, on failure too', helpGroup: 'GLOBAL'}),
    'no-color': boolean({description: 'no colours (also: NO_COLOR)', helpGroup: 'GLOBAL'}),
  }

  protected surroundings: Surroundings = processSurroundings()

  /** Runs the command in surroundings of the caller's making: how a test hands it a world, and reads what it prints. */
  static async runIn<T extends BaseCommand>(
    this: new (
      argv: string[],
      config: Config,
    ) => T,
    surroundings: Surroundings,
    {argv, config}: {readonly argv: readonly string[]; readonly config: Config},
  ): Promise<unknown> {
    const command = new this([...argv], config)
    command.surroundings = surroundings
    return command._run()
  }

  override logJson(document: unknown): void {
    this.surroundings.stdout.write(jsonText(document))
  }

  /** A result for people: nothing under `--json`, nothing when there is nothing to say. */
  protected say(text: string): void {
    if (!this.jsonEnabled() && text !== '') this.surroundings.stdout.write(`${text}\n`)
  }

  /** What went wrong, for people; `--json` has it in the document. */
  protected complain(text: string): void {
    if (!this.jsonEnabled() && text !== '') this.surroundings.stderr.write(`${text}\n`)
  }

  protected style(sink: Sink): Style {
    return makeStyle({
      isTTY: sink.isTTY === true,
      env: this.surroundings.env,
      refused: this.argv.includes('--no-color'),
    })
  }

  /** 80 columns where nobody looks, else as wide as the terminal up to 100. */
  protected page(sink: Sink): Page {
    return {width: sink.isTTY ? Math.min(sink.columns ?? 80, 100) : 80, style: this.style(sink)}
  }

  protected override async catch(error: Error): Promise<void> {
    const command = (this.id ?? '').replaceAll(':', ' ')
    const flags = Object.keys({...BaseCommand.baseFlags, ...this.ctor.flags})
    const problem = problemOf(error, {command, flags})
    const {stderr} = this.surroundings
    this.surroundings.exitWith(exitCodeOf(problem))
    if (this.jsonEnabled()) this.logJson(errorDocument(problem))
    else this.complain(presentProblem(problem, this.page(stderr)))
  }
}
