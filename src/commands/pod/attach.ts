import {string} from '@oclif/core/args'
import {attachFlags, attachSpecFields, workloadArgument} from '../../spec/read-attach-spec.ts'
import {AttachCommand} from '../../terminal/attach-command.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {targetFields} from '../../terminal/target.ts'

export default class PodAttach extends AttachCommand {
  static override readonly summary = 'Attach networks to the pods of a workload'
  static override readonly description =
    'The template of the workload is changed and the roll-out waited for. What is attached already stays, in the form that it has.'
  static override readonly examples = [
    '<%= config.bin %> pod attach deployment/web --network data',
    '<%= config.bin %> pod attach statefulset/db --network storage@st0 --dry-run',
    '<%= config.bin %> pod attach left --network data --ip 172.30.0.40 --recreate',
  ]
  static override readonly args = {workload: string({description: workloadArgument.describe})}
  static override readonly flags = {...toFlags({...attachFlags, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...attachSpecFields, ...targetFields}
  protected override readonly change = 'attach'
}
