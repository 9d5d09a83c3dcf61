import type {Problem} from '../problem.ts'
import type {Outcome} from '../run/events.ts'
import type {RunTarget} from '../run/run-options.ts'
import type {RawInput} from '../spec/field.ts'
import type {Plan} from '../steps/step.ts'
import {exitCodeOfOutcome, outcomeDocument} from './json-document.ts'
import {interruptedText, lastWords} from './last-words.ts'
import {chooseReporter} from './reporters/choose-reporter.ts'
import type {Page} from './present-problem.ts'
import type {Reporter} from './reporters/reporter.ts'
import {readOptions} from './run-options.ts'
import {wantsTable} from './timings/timings-input.ts'
import {type World, WorldCommand} from './world-command.ts'

/** A plan to carry out, or what to print in its place: objects for `--output`, a list. */
export type Planned = Doing | {readonly preview: Preview}

/** A plan, and how to reach its cluster; absent target: by what the journal keeps. */
export interface Doing {
  readonly plan: Plan
  readonly target?: RunTarget
  /** What somebody has to agree to first. */
  readonly approval?: Approval
}

/** A plan that was carried out, and how it ended. */
export interface Ran<Spec> {
  readonly spec: Spec
  readonly plan: Plan
  readonly outcome: Outcome
  readonly world: World
}

/** Why there is no plan. */
export interface Unplanned<Spec> {
  readonly error: unknown
  readonly spec: Spec
  readonly world: World
}

/** Text for stdout, and what is to be kept in files when all is said. */
export interface Answer {
  readonly text: string
  keep?(): Promise<void>
}

/** A question, and the failure that it is when nobody says yes: neither a person nor `--yes`. */
export interface Approval {
  readonly question: string
  readonly refused: Problem
}

export interface Preview {
  readonly text: string
  readonly document: object
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

  /** What was said, completed by a file and by answers where there is somebody to ask. */
  protected async complete(said: RawInput, _world: World): Promise<RawInput> {
    return said
  }

  /** What a run has to show for itself, however it ended. */
  protected async answer({spec, plan, outcome, world}: Ran<Spec>, page: Page): Promise<Answer> {
    const {presentResult} = await import('./present-outcome.ts')
    const timings = wantsTable(world.options)
    return {text: presentResult(outcome, {summary: this.summary(spec, plan), page, timings})}
  }

  /** The same where no plan could be made; the error itself is told as every other. */
  protected async answerUnplanned(_unplanned: Unplanned<Spec>, _page: Page): Promise<Answer> {
    return {text: ''}
  }

  /** What is done with the outcome when it has been told: lines for stderr. */
  protected async afterwards(_spec: Spec, _outcome: Outcome, _world: World): Promise<readonly string[]> {
    return []
  }

  /** Throws not-confirmed when the plan must not be carried out. */
  protected async approve(_spec: Spec, _plan: Plan, _world: World): Promise<void> {}

  /** What the command makes of the end of its plan: one that looks again may find more to do, and carries that out. */
  protected async conclude(outcome: Outcome, _spec: Spec, _world: World): Promise<Outcome> {
    return outcome
  }

  override async run(): Promise<unknown> {
    const said = await this.collect()
    return this.inWorld(said, async (begun) => {
      const input = await this.complete(said, begun)
      const world = {...begun, options: readOptions(input)}
      const spec = await this.readSpec(input, world)
      const planned = await this.makePlan(spec, world).catch(async (error: unknown) => {
        const {text, keep} = await this.answerUnplanned({error, spec, world}, this.page(this.surroundings.stdout))
        this.say(text)
        await keep?.()
        throw error
      })
      if ('preview' in planned) return this.show(planned.preview)
      const {approval, ...how} = planned
      const plan = withContext(how)
      if (world.options.dryRun) return this.show(await this.previewOf(plan))
      const {requirePictures, keepPictures} = await import('./timings/keep-pictures.ts')
      await requirePictures(world.options, world.drivers)
      await this.approve(spec, plan, world)
      if (approval) await agree(approval, world)
      const outcome = await this.conclude(await this.carryOut({...how, plan}, world), spec, world)
      await this.tell({spec, plan, outcome, world})
      const kept = await keepPictures(world.options, outcome, world.drivers)
      for (const line of [...kept, ...(await this.afterwards(spec, outcome, world))]) this.complain(line)
      return outcomeDocument(outcome)
    })
  }

  private async previewOf(plan: Plan): Promise<Preview> {
    const {presentPlan} = await import('./present-plan.ts')
    return {text: presentPlan(plan, this.style(this.surroundings.stdout)), document: plan}
  }

  private show({text, document}: Preview): object {
    this.say(text)
    return document
  }

  protected async carryOut({plan: draft, target}: Doing, world: World): Promise<Outcome> {
    const {drivers, signal, options} = world
    const plan = withTimeout(draft, world)
    const {runPlan} = await import('../run/run-plan.ts')
    const reporter = await chooseReporter(options.progress, this.surroundings, drivers.clock)
    this.underway = {plan, reporter}
    for (const note of plan.notes ?? []) this.complain(`Note: ${note}`)
    const outcome = await runPlan(plan, {
      drivers,
      signal,
      emit: (event) => reporter.emit(event),
      ...(target && {target}),
    })
    await reporter.close()
    return outcome
  }

  private async tell(ran: Ran<Spec>): Promise<void> {
    const {presentFailure} = await import('./present-outcome.ts')
    const {stdout, stderr} = this.surroundings
    this.surroundings.exitWith(exitCodeOfOutcome(ran.outcome))
    const {text, keep} = await this.answer(ran, this.page(stdout))
    this.say(text)
    this.complain(presentFailure(ran.outcome, this.page(stderr)))
    await keep?.()
  }

  protected override onInterrupt(): void {
    if (this.underway) this.underway.reporter.notice(interruptedText(this.underway.plan))
    else super.onInterrupt()
  }

  protected override onSecondInterrupt(): void {
    if (this.underway) this.surroundings.stderr.write(`${lastWords(this.underway.plan)}\n`)
  }
}

async function agree({question, refused}: Approval, {options, prompter}: World): Promise<void> {
  if (options.yes) return
  if (!(await prompter?.confirm({message: question, default: false}))) throw refused
}

function withContext({plan, target}: Doing): Plan {
  return target?.context === undefined ? plan : {...plan, context: target.context}
}

function withTimeout(plan: Plan, {options}: World): Plan {
  return options.timeout === undefined ? plan : {...plan, timeoutSeconds: options.timeout}
}
