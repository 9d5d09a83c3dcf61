import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {podFields, podNameField} from '../../spec/pod-fields.ts'
import {readFields} from '../../spec/read-fields.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const own = {name: podNameField, namespace: podFields.namespace}

export default class PodRemove extends PlanCommand<RawInput> {
  static override readonly summary = 'Remove a pod, and wait until its addresses are free'
  static override readonly examples = [
    '<%= config.bin %> pod remove left',
    '<%= config.bin %> pod remove left --namespace team',
    '<%= config.bin %> pod remove left --dry-run',
  ]
  static override readonly args = {name: string({description: podNameField.describe})}
  static override readonly flags = {...toFlags({namespace: podFields.namespace, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...own, ...targetFields}

  protected override async readSpec(input: RawInput): Promise<RawInput> {
    requireInput(input, {command: 'pod remove', args: {name: 'NAME'}})
    return input
  }

  protected override async makePlan(input: RawInput, world: World): Promise<Planned> {
    const {name = '', namespace} = readFields(own, only(input, own))
    const [{chosen, facts}, {removePod}] = await Promise.all([
      observeNamed(input, world),
      import('../../plan/remove-pod.ts'),
    ])
    return {plan: removePod({name, namespace}, facts), target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }
}
