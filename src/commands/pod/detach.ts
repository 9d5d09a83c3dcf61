import {string} from '@oclif/core/args'
import {detachFlags, workloadArgument} from '../../spec/read-attach-spec.ts'
import {AttachCommand} from '../../terminal/attach-command.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {targetFields} from '../../terminal/target.ts'

export default class PodDetach extends AttachCommand {
  static override readonly summary = 'Detach networks from the pods of a workload'
  static override readonly description =
    'The template of the workload is changed and the roll-out waited for. The other interfaces keep their names.'
  static override readonly examples = [
    '<%= config.bin %> pod detach deployment/web --network data',
    '<%= config.bin %> pod detach statefulset/db --network storage@st0 --dry-run',
  ]
  static override readonly args = {workload: string({description: workloadArgument.describe})}
  static override readonly flags = {...toFlags({...detachFlags, ...targetFields}), ...runFlags()}

  protected override readonly fields = {workload: workloadArgument, ...detachFlags, ...targetFields}
  protected override readonly change = 'detach'
}
