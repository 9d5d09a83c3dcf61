import {string} from '@oclif/core/args'
import type {ChosenTarget} from '../../run/choose-target.ts'
import type {RawInput} from '../../spec/field.ts'
import {podFields, podNameField} from '../../spec/pod-fields.ts'
import {podSpecFields, readPodSpec} from '../../spec/read-pod-spec.ts'
import type {TestPodSpec} from '../../spec/pod-spec.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {completePod} from '../../terminal/pod-input.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import {observeWorkloadOf} from '../../terminal/workload.ts'
import type {World} from '../../terminal/world-command.ts'

interface PodWish {
  readonly spec: TestPodSpec
  readonly said: RawInput
}

export default class PodAdd extends PlanCommand<PodWish> {
  static override readonly summary = 'Start a test pod with second interfaces and network tools, or a workload of them'
  static override readonly examples = [
    '<%= config.bin %> pod add left --network data',
    '<%= config.bin %> pod add right --network data@wire0 --node lab-worker2',
    '<%= config.bin %> pod add two --network data --network lan@lan0 --ip data=172.30.0.4',
    '<%= config.bin %> pod add web --as deployment --replicas 3 --network data',
  ]
  static override readonly args = {name: string({description: `${podNameField.describe}, or of the workload`})}
  static override readonly flags = {...toFlags({...podFields, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...podSpecFields, ...targetFields}

  protected override complete(said: RawInput, world: World): Promise<RawInput> {
    return completePod(said, world)
  }

  protected override async readSpec(input: RawInput): Promise<PodWish> {
    const flags = input['defaultNetwork'] === undefined ? {networks: '--network NETWORK'} : {}
    requireInput(input, {command: 'pod add', args: {name: 'NAME'}, flags})
    return {spec: readPodSpec(only(input, podSpecFields)), said: input}
  }

  protected override async makePlan({spec, said}: PodWish, world: World): Promise<Planned> {
    const [{chosen, facts}, {addPod}] = await Promise.all([observeNamed(said, world), import('../../plan/add-pod.ts')])
    const taken = await this.isTaken(spec, chosen, world)
    return {plan: addPod({spec, taken}, facts), target: chosen.target}
  }

  private async isTaken({workload, name, namespace}: TestPodSpec, chosen: ChosenTarget, world: World) {
    if (workload === undefined) return false
    const {object} = await observeWorkloadOf(chosen, {reference: {kind: workload.kind, name}, namespace}, world)
    return object !== undefined
  }

  protected override summary({spec: {name, namespace, workload}}: PodWish): readonly string[] {
    const place = namespace === 'default' ? '' : ` --namespace ${namespace}`
    return ['Next', workload ? '  k8s-local pod list' : `  k8s-local pod show ${name}${place} --live`]
  }
}
