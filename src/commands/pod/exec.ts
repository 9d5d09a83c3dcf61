import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {execFields, execSpecFields, podArgument} from '../../spec/exec-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import {optionFields} from '../../terminal/run-options.ts'
import {targetFields} from '../../terminal/target.ts'
import {ToolCommand} from '../../terminal/tool-command.ts'

const {timeout, progress, kubeconfig} = optionFields
const flags = {...execFields, ...targetFields, timeout, progress, kubeconfig}

export default class PodExec extends ToolCommand {
  static override readonly summary = 'Run a tool in a pod, bound to one of its interfaces'
  static override readonly description =
    'The tool gets its own flag for the interface (ping -I, iperf3 -B, tcpdump -i, curl --interface, nc -s, …); of others say where it goes: {interface} or {address}. Its output and its exit code are passed on. Where the image lacks the tool, a container that has it is added to the pod: it stays for an hour, or as long as the pod.'
  static override readonly examples = [
    '<%= config.bin %> pod exec left --interface net1 -- ping -c 3 172.30.0.41',
    '<%= config.bin %> pod exec left -- iperf3 -c 172.30.0.41 -t 3',
    '<%= config.bin %> pod exec left --interface lan0 -- tcpdump -c 10 -n',
    '<%= config.bin %> pod exec left -- ip neigh show dev {interface}',
  ]
  static override readonly strict = false
  static override readonly args = {
    pod: string({description: podArgument.describe}),
    tool: string({description: 'The tool and its arguments, behind --'}),
  }
  static override readonly flags = toFlags(flags)

  protected override readonly fields = {...execSpecFields, ...targetFields}

  /**
   * What follows the pod on the command line is the tool's. Behind `--` it is taken as it was typed, for oclif (4.14, parser/parse) sorts words by
   * where each text first stands: of `-c 1 -W 1` it makes `-c 1 1 -W`.
   */
  protected override async collect(): Promise<RawInput> {
    const said = await super.collect()
    const dashes = this.argv.indexOf('--')
    const words = dashes === -1 ? (await this.parse(this.ctor)).argv.slice(1).map(String) : this.argv.slice(dashes + 1)
    return {...said, ...(words.length > 0 && {tool: {value: words, from: 'TOOL'}})}
  }
}
