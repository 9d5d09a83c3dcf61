import type {RunTarget} from '../run/run-options.ts'
import type {RawInput} from '../spec/field.ts'
import type {Plan} from '../steps/step.ts'
import {exitCodeOfOutcome, outcomeDocument} from './json-document.ts'
import {interruptedText, lastWords} from './last-words.ts'
import {presentFailure, presentResult} from './present-outcome.ts'
import {presentPlan} from './present-plan.ts'
import type {Prompter} from './prompter.ts'
import {chooseReporter} from './reporters/choose-reporter.ts'
import type {Reporter} from './reporters/reporter.ts'
import {type World, WorldCommand} from './world-command.ts'

/** A plan, and how to reach its cluster; absent target: by what the journal keeps. */
export interface Planned {
  readonly plan: Plan
  readonly target?: RunTarget
}

/**
 * A command that changes something. This is the only orchestration: collect input, read the spec, observe and make the plan, then show it
 * or carry it out. What differs between commands is data and the few methods below.
 */
export abstract class PlanCommand<Spec> extends WorldCommand {
  private underway: {readonly plan: Plan; readonly reporter: Reporter} | undefined

  /** The spec. Throws invalid-input and missing-input with all findings at once. */
  protected abstract readSpec(input: RawInput, world: World): Promise<Spec>

  /** Observes what the plan depends on, and makes the plan. */
  protected abstract makePlan(spec: Spec, world: World): Promise<Planned>

  /** What to say of the result when all went well: lines for stdout. */
  protected abstract summary(spec: Spec, plan: Plan): readonly string[]

  /** Asks for what was not said; called only where there is somebody to ask. */
  protected async ask(said: RawInput, _prompter: Prompter, _world: World): Promise<RawInput> {
    return said
  }

  /** Throws not-confirmed when the plan must not be carried out. */
  protected async approve(_spec: Spec, _plan: Plan, _world: World): Promise<void> {}

  override async run(): Promise<unknown> {
    const said = await this.collect()
    return this.inWorld(said, async (world) => {
      const spec = await this.readSpec(world.prompter ? await this.ask(said, world.prompter, world) : said, world)
      const {plan, target} = await this.makePlan(spec, world)
      if (world.options.dryRun) return this.show(plan)
      await this.approve(spec, plan, world)
      return this.carryOut({plan: withTimeout(plan, world), ...(target && {target})}, spec, world)
    })
  }

  private show(plan: Plan): Plan {
    this.say(presentPlan(plan, this.style(this.surroundings.stdout)))
    return plan
  }

  private async carryOut({plan, target}: Planned, spec: Spec, {drivers, signal, options}: World): Promise<unknown> {
    const {runPlan} = await import('../run/run-plan.ts')
    const reporter = await chooseReporter(options.progress, this.surroundings, drivers.clock)
    this.underway = {plan, reporter}
    const outcome = await runPlan(plan, {
      drivers,
      signal,
      emit: (event) => reporter.emit(event),
      ...(target && {target}),
    })
    await reporter.close()
    this.surroundings.exitWith(exitCodeOfOutcome(outcome))
    this.say(
      presentResult(outcome, this.summary(spec, plan), {
        page: this.page(this.surroundings.stdout),
        timings: options.timings,
      }),
    )
    this.complain(presentFailure(outcome, this.page(this.surroundings.stderr)))
    return outcomeDocument(outcome)
  }

  protected override onInterrupt(): void {
    if (this.underway) this.underway.reporter.notice(interruptedText(this.underway.plan))
    else super.onInterrupt()
  }

  protected override onSecondInterrupt(): void {
    if (this.underway) this.surroundings.stderr.write(`${lastWords(this.underway.plan)}\n`)
  }
}

function withTimeout(plan: Plan, {options}: World): Plan {
  return options.timeout === undefined ? plan : {...plan, timeoutSeconds: options.timeout}
}
