import type {RawInput} from '../spec/field.ts'
import {type AttachSpec, attachSpecFields, readAttachSpec} from '../spec/read-attach-spec.ts'
import {workloadText} from '../spec/workload-reference.ts'
import {askFields} from './ask.ts'
import {PlanCommand, type Planned} from './plan-command.ts'
import {requireInput} from './require-input.ts'
import {only} from './run-options.ts'
import {observeNamed} from './target.ts'
import {observeWorkloadOf} from './workload.ts'
import type {World} from './world-command.ts'

export interface AttachWish {
  readonly spec: AttachSpec
  readonly said: RawInput
}

/** A command that changes the networks of a workload: `pod attach` and `pod detach` differ in one word and in their flags. */
export abstract class AttachCommand extends PlanCommand<AttachWish> {
  protected abstract readonly change: 'attach' | 'detach'

  protected override async complete(said: RawInput, {prompter}: World): Promise<RawInput> {
    if (!prompter) return said
    const {workload, networks} = attachSpecFields
    return {...said, ...(await askFields({workload, networks}, {said, required: ['workload', 'networks']}, prompter))}
  }

  protected override async readSpec(input: RawInput): Promise<AttachWish> {
    const command = `pod ${this.change}`
    requireInput(input, {command, args: {workload: 'WORKLOAD'}, flags: {networks: '--network NETWORK'}})
    return {spec: readAttachSpec(only(input, attachSpecFields)), said: input}
  }

  protected override async makePlan({spec, said}: AttachWish, world: World): Promise<Planned> {
    const [{chosen, facts}, {changeAttachments}] = await Promise.all([
      observeNamed(said, world),
      import('../plan/change-attachments.ts'),
    ])
    const {workload: reference, namespace, attachments, recreate} = spec
    const observed = await observeWorkloadOf(chosen, {reference, namespace}, world)
    const plan = changeAttachments({change: this.change, observed, attachments, recreate}, facts)
    return {plan, target: chosen.target}
  }

  protected override summary({spec: {workload, namespace}}: AttachWish): readonly string[] {
    const place = namespace === 'default' ? '' : ` --namespace ${namespace}`
    return [
      'Next',
      workload.kind === 'Pod' ? `  k8s-local pod show ${workloadText(workload)}${place}` : '  k8s-local pod list',
    ]
  }
}
