import {string} from '@oclif/core/args'
import type {ShownPod} from '../../run/queries/show-pod.ts'
import {podArgument} from '../../spec/exec-fields.ts'
import type {RawInput} from '../../spec/field.ts'
import {boolean, withDefault} from '../../spec/field-kinds.ts'
import {podFields} from '../../spec/pod-fields.ts'
import {readFields} from '../../spec/read-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import {presentPod} from '../../terminal/present-pod.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only, worldFields} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const liveField = withDefault(
  false,
  boolean({
    flag: 'live',
    ask: 'Look inside',
    describe: 'Look inside the pod too, and say where it is not as Multus reports; exit code 1 then',
  }),
)
const own = {pod: podArgument, live: liveField, namespace: podFields.namespace}
const flags = {live: liveField, namespace: podFields.namespace, ...targetFields, ...worldFields}

export default class PodShow extends QueryCommand<ShownPod> {
  static override readonly summary = 'Show the interfaces of one pod, as reported and as they are'
  static override readonly examples = [
    '<%= config.bin %> pod show left',
    '<%= config.bin %> pod show left --live',
    '<%= config.bin %> pod show web-0 --namespace team --json',
  ]
  static override readonly args = {pod: string({description: podArgument.describe})}
  static override readonly flags = toFlags(flags)

  protected override readonly fields = {...own, ...targetFields, ...worldFields}

  protected override async query(said: RawInput, world: World): Promise<ShownPod> {
    requireInput(said, {command: 'pod show', args: {pod: 'POD'}})
    const {pod: name = '', namespace, live} = readFields(own, only(said, own))
    const [{facts, chosen}, {findPod}, {showPod, showPodInside}] = await Promise.all([
      observeNamed(said, world),
      import('../../plan/find-pod.ts'),
      import('../../run/queries/show-pod.ts'),
    ])
    const pod = findPod({namespace, name}, facts)
    if (!live) return showPod(pod)
    const {drivers, signal} = world
    const kubernetes = await drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    return showPodInside(pod, {kubernetes, signal})
  }

  protected override present(shown: ShownPod, page: Page): string {
    return presentPod(shown, page)
  }

  protected override failed({differences = [], unseen}: ShownPod): boolean {
    return differences.length > 0 || unseen !== undefined
  }
}
