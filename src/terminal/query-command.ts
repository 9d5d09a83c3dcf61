import type {RawInput} from '../spec/field.ts'
import type {Page} from './present-problem.ts'
import {type World, WorldCommand} from './world-command.ts'

/** A command that only looks: what it found as a table for people, or as the one document of `--json`. */
export abstract class QueryCommand<Found extends object> extends WorldCommand {
  protected abstract query(said: RawInput, world: World): Promise<Found>

  protected abstract present(found: Found, page: Page): string

  /** Whether what was found is a failed check: exit code 1. */
  protected failed(_found: Found): boolean {
    return false
  }

  override async run(): Promise<Found> {
    const said = await this.collect()
    const found = await this.inWorld(said, (world) => this.query(said, world))
    this.say(this.present(found, this.page(this.surroundings.stdout)))
    if (this.failed(found)) this.surroundings.exitWith(1)
    return found
  }
}
