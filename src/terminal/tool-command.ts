import type {Finished} from '../drivers/ports.ts'
import type {DebugContainer} from '../plan/debug-container.ts'
import type {TargetFacts} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import type {ChosenTarget} from '../run/choose-target.ts'
import {execSpecFields} from '../spec/exec-fields.ts'
import type {RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {chooseReporter} from './reporters/choose-reporter.ts'
import {requireInput} from './require-input.ts'
import {only} from './run-options.ts'
import {observeNamed} from './target.ts'
import {type World, WorldCommand} from './world-command.ts'

/** Where a tool ran, as what, and how it ended: the document of `pod exec --json`. */
export interface RanTool extends Finished {
  readonly namespace: string
  readonly pod: string
  /** Absent: the pod's first container. */
  readonly container?: string
  readonly interface: string
  readonly argv: readonly string[]
}

/** Seconds that a tool may run where nobody says otherwise: until it ends, or Ctrl-C. */
const aDay = 86_400

/** A command that runs one tool in one pod, and passes its output and its exit code on. */
export abstract class ToolCommand extends WorldCommand {
  override async run(): Promise<RanTool> {
    const said = await this.collect()
    const ran = await this.inWorld(said, (world) => this.runTool(said, world))
    this.surroundings.exitWith(ran.exitCode)
    return ran
  }

  private async runTool(said: RawInput, world: World): Promise<RanTool> {
    requireInput(said, {command: 'pod exec', args: {pod: 'POD'}, flags: {tool: '-- TOOL ARGUMENTS'}})
    const {pod: name = '', interface: wanted, image, namespace} = readFields(execSpecFields, only(said, execSpecFields))
    const [{chosen, facts}, {bindTool}, {chooseInterface}, {findPod}] = await Promise.all([
      observeNamed(said, world),
      import('../plan/bound-tool.ts'),
      import('../plan/choose-interface.ts'),
      import('../plan/find-pod.ts'),
    ])
    const pod = {namespace, name}
    const chosenInterface = chooseInterface(findPod(pod, facts), wanted)
    const bound = bindTool((said['tool']?.value ?? []) as readonly string[], chosenInterface)
    if ('fault' in bound) throw new Problem('invalid-input', {message: bound.fault, suggestions: [bound.fix]})
    const {argv} = bound
    const ended = await this.execHere({pod, argv}, chosen, world)
    const place = {namespace, pod: pod.name, interface: chosenInterface.name, argv}
    if (ended) return {...place, ...ended}
    const beside = await this.addTools({pod, argv, image}, {chosen, facts}, world)
    const again = await this.execHere({pod: {...pod, container: beside.name}, argv}, chosen, world)
    if (!again) throw noTool(argv, beside)
    return {...place, container: beside.name, ...again}
  }

  private async execHere(
    {pod, argv}: {readonly pod: Place; readonly argv: readonly string[]},
    {target}: ChosenTarget,
    {drivers, signal, options}: World,
  ): Promise<Finished | undefined> {
    const {execTool} = await import('../run/exec-tool.ts')
    const kubernetes = await drivers.kubernetes(target.kubeconfig, target.context)
    return execTool(kubernetes, pod, argv, {
      signal,
      timeoutSeconds: options.timeout ?? aDay,
      onOutput: (text, stream) => {
        if (!this.jsonEnabled()) this.surroundings[stream].write(text)
      },
    })
  }

  /** A container that has the tool; says what it does to the pod. */
  private async addTools(
    {pod, argv, image}: {readonly pod: Place; readonly argv: readonly string[]; readonly image: string | undefined},
    {chosen, facts}: {readonly chosen: ChosenTarget; readonly facts: TargetFacts},
    world: World,
  ): Promise<DebugContainer> {
    const {drivers, signal, options} = world
    const [{debugContainer}, {runPlan}] = await Promise.all([
      import('../plan/debug-container.ts'),
      import('../run/run-plan.ts'),
    ])
    const kubernetes = await drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    const object = await kubernetes.read({apiVersion: 'v1', kind: 'Pod', ...pod}, signal)
    if (!object) throw new Problem('invalid-input', {message: `The pod ${pod.namespace}/${pod.name} has gone`})
    const beside = debugContainer({pod: object, ...(image !== undefined && {image})}, facts)
    if (!beside.plan) return beside
    this.complain(
      `Note: ${pod.name} has no ${argv[0]}: the container ${beside.name} with ${beside.image} is added to it, and stays for an hour or as long as the pod`,
    )
    const reporter = await chooseReporter(options.progress, this.surroundings, drivers.clock)
    const {plan} = beside
    const outcome = await runPlan(plan, {drivers, signal, emit: (event) => reporter.emit(event), target: chosen.target})
    await reporter.close()
    if (outcome.problem) throw new Problem(outcome.problem.name, outcome.problem)
    return beside
  }
}

interface Place {
  readonly namespace: string
  readonly name: string
  readonly container?: string
}

function noTool([program = '']: readonly string[], {image}: DebugContainer): Problem {
  return new Problem('invalid-input', {
    message: `Neither the pod nor ${image} has ${program}`,
    suggestions: ['name an image that has it: --image IMAGE'],
  })
}
