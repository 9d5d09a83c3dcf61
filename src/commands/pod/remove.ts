import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {podFields} from '../../spec/pod-fields.ts'
import {workloadArgument} from '../../spec/read-attach-spec.ts'
import {readFields} from '../../spec/read-fields.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import {observeWorkloadOf} from '../../terminal/workload.ts'
import type {World} from '../../terminal/world-command.ts'

const own = {name: workloadArgument, namespace: podFields.namespace}

export default class PodRemove extends PlanCommand<RawInput> {
  static override readonly summary = 'Remove a pod or a workload of test pods, and wait until the addresses are free'
  static override readonly examples = [
    '<%= config.bin %> pod remove left',
    '<%= config.bin %> pod remove deployment/web --namespace team',
    '<%= config.bin %> pod remove left --dry-run',
  ]
  static override readonly args = {
    name: string({description: 'Name of the pod, or deployment/NAME or statefulset/NAME as pod add makes them'}),
  }
  static override readonly flags = {...toFlags({namespace: podFields.namespace, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...own, ...targetFields}

  protected override async readSpec(input: RawInput): Promise<RawInput> {
    requireInput(input, {command: 'pod remove', args: {name: 'NAME'}})
    return input
  }

  protected override async makePlan(input: RawInput, world: World): Promise<Planned> {
    const {name, namespace} = readFields(own, only(input, own))
    if (name === undefined) throw new Error('a command asks for its argument before it reads it')
    const [{chosen, facts}, {removePod}] = await Promise.all([
      observeNamed(input, world),
      import('../../plan/remove-pod.ts'),
    ])
    const observed = await observeWorkloadOf(chosen, {reference: name, namespace}, world)
    return {plan: removePod({observed}, facts), target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }
}
