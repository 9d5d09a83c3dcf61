import {string} from '@oclif/core/args'
import type {TriedNetwork} from '../../run/rehearsal/try-networks.ts'
import type {RawInput} from '../../spec/field.ts'
import {readFields} from '../../spec/read-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {presentRehearsal} from '../../terminal/present-rehearsal.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {absolute, only, optionFields, worldFields} from '../../terminal/run-options.ts'
import {findTarget, targetFields} from '../../terminal/target.ts'
import {tryFields} from '../../terminal/try-input.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {...tryFields, ...targetFields, ...worldFields, timeout: optionFields.timeout}

/** Seconds for the rehearsal of one network, where nobody says. */
const usualSeconds = 120

export default class NetTry extends QueryCommand<{readonly networks: readonly TriedNetwork[]}> {
  static override readonly summary = 'Rehearse a network: attach and detach for real, before any pod does'
  static override readonly description =
    "Calls the network's own plugins for throw-away namespaces on each node: ADD, a look inside, CHECK, pods that reach each other, DEL. Nothing stays. NETWORK is a name, or a file with NetworkAttachmentDefinitions or a bare CNI configuration (- for stdin). Exit code 1 when a rehearsal fails."
  static override readonly examples = [
    '<%= config.bin %> net try storage',
    '<%= config.bin %> net try storage.yaml --ip 172.30.0.40',
    '<%= config.bin %> net try storage.yaml --host --nic eth0 --nic eth1',
    '<%= config.bin %> net try team/storage --node lab-worker --json',
  ]
  static override readonly args = {
    network: string({description: 'Network of the cluster, [NAMESPACE/]NAME, or a file'}),
  }
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World) {
    requireInput(said, {command: 'net try', args: {network: 'NETWORK'}})
    const {drivers, signal, options} = world
    const {host, nics, nodes, namespace, ip, mac} = readFields(tryFields, only(said, tryFields))
    const {readSources} = await import('../../terminal/trial-sources.ts')
    const sources = await readSources(String(said['network']?.value), {namespace, files: drivers.files})
    const how = {
      signal,
      seconds: options.timeout ?? usualSeconds,
      ...(ip !== undefined && {ip}),
      ...(mac !== undefined && {mac}),
    }
    if (host) {
      const {bundle} = readFields(targetFields, only(said, targetFields))
      const {tryOnHost} = await import('../../run/rehearsal/on-host.ts')
      return {
        networks: await tryOnHost(
          sources,
          {...how, nics, ...(bundle !== undefined && {bundle: absolute(bundle)})},
          drivers,
        ),
      }
    }
    const [chosen, {tryOnCluster}] = await Promise.all([
      findTarget(said, world),
      import('../../run/rehearsal/on-cluster.ts'),
    ])
    return {networks: await tryOnCluster(sources, {...how, ...chosen, nodes}, drivers)}
  }

  protected override onInterrupt(): void {
    this.surroundings.stderr.write('\nInterrupted: taking back what the rehearsal made. Ctrl-C again leaves at once\n')
  }

  protected override onSecondInterrupt(): void {
    this.surroundings.stderr.write(
      'Left at once. What stayed is taken away by the next net try of the same network, some minutes from now\n',
    )
  }

  protected override present({networks}: {readonly networks: readonly TriedNetwork[]}, page: Page): string {
    return presentRehearsal(networks, page)
  }

  protected override failed({networks}: {readonly networks: readonly TriedNetwork[]}): boolean {
    return networks.some(({passed}) => !passed)
  }
}
