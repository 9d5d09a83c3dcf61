import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {podFields, podNameField} from '../../spec/pod-fields.ts'
import {podSpecFields, readPodSpec} from '../../spec/read-pod-spec.ts'
import type {TestPodSpec} from '../../spec/pod-spec.ts'
import {askFields} from '../../terminal/ask.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

interface PodWish {
  readonly spec: TestPodSpec
  readonly said: RawInput
}

export default class PodAdd extends PlanCommand<PodWish> {
  static override readonly summary = 'Start a test pod with second interfaces and network tools'
  static override readonly examples = [
    '<%= config.bin %> pod add left --network data',
    '<%= config.bin %> pod add right --network data@wire0 --node lab-worker2',
    '<%= config.bin %> pod add fixed --network data --ip 172.30.0.40',
  ]
  static override readonly args = {name: string({description: podNameField.describe})}
  static override readonly flags = {...toFlags({...podFields, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...podSpecFields, ...targetFields}

  protected override async complete(said: RawInput, {prompter}: World): Promise<RawInput> {
    const open = said['name'] === undefined || said['networks'] === undefined
    if (!open || !prompter) return said
    return {...said, ...(await askFields(podSpecFields, {said, required: ['name', 'networks']}, prompter))}
  }

  protected override async readSpec(input: RawInput): Promise<PodWish> {
    requireInput(input, {command: 'pod add', args: {name: 'NAME'}, flags: {networks: '--network NETWORK'}})
    return {spec: readPodSpec(only(input, podSpecFields)), said: input}
  }

  protected override async makePlan({spec, said}: PodWish, world: World): Promise<Planned> {
    const [{chosen, facts}, {addPod}] = await Promise.all([observeNamed(said, world), import('../../plan/add-pod.ts')])
    return {plan: addPod({spec}, facts), target: chosen.target}
  }

  protected override summary({spec: {name, namespace}}: PodWish): readonly string[] {
    return ['Next', '  k8s-local pod list', `  kubectl exec -n ${namespace} ${name} -- ip address`]
  }
}
