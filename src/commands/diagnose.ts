import {string} from '@oclif/core/args'
import type {Diagnosis} from '../diagnosis/diagnosis.ts'
import type {RawInput} from '../spec/field.ts'
import {diagnoseCluster} from '../terminal/diagnose-cluster.ts'
import {diagnoseFields, mustBeWritable, outputOf} from '../terminal/diagnose-input.ts'
import {toFlags} from '../terminal/flags.ts'
import {presentDiagnosis} from '../terminal/present-diagnosis.ts'
import type {Page} from '../terminal/present-problem.ts'
import {QueryCommand} from '../terminal/query-command.ts'
import {targetFields} from '../terminal/target.ts'
import type {World} from '../terminal/world-command.ts'

export default class Diagnose extends QueryCommand<Diagnosis> {
  static override readonly summary = 'Collect all that tells why networks do not work, without secrets'
  static override readonly description =
    'CNI configuration, links, addresses, routes and leases of each node, logs of Multus, CNI and IPAM, events, networks, and pods inside and outside. Only looks. What cannot be collected is in the index, with the reason; that is no failure.'
  static override readonly examples = [
    '<%= config.bin %> diagnose',
    '<%= config.bin %> diagnose lab --output /tmp/lab',
    '<%= config.bin %> diagnose --context staging --json',
  ]
  static override readonly args = {cluster: string({description: targetFields.cluster.describe})}
  static override readonly flags = toFlags(diagnoseFields)

  protected override readonly fields = diagnoseFields

  protected override async query(said: RawInput, world: World): Promise<Diagnosis> {
    const output = outputOf(said)
    await mustBeWritable(output, world.drivers)
    this.complain('Looking at the cluster, for a minute at most')
    return diagnoseCluster(output, said, world)
  }

  protected override present(diagnosis: Diagnosis, page: Page): string {
    return presentDiagnosis(diagnosis, page)
  }
}
