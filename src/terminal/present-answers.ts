import {clusterFields} from '../spec/cluster-fields.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {toCommandLine} from '../spec/command-line.ts'
import type {Field, RawInput} from '../spec/field.ts'
import {clusterSpecFields} from '../spec/read-cluster-spec.ts'
import {runFields} from '../spec/run-fields.ts'
import {countText} from './amounts.ts'
import {without} from './run-options.ts'
import {shellText} from './shell-text.ts'

/** What all answers come to: the cluster, what it takes, and the command line that asks for the same. */
export function presentAnswers(spec: ClusterSpec, input: RawInput): string {
  const {name, controlPlanes, workers, cni, multus, networks, testNetworks} = spec
  const extra = networks.map((network) =>
    network.subnet === 'auto' ? network.name : `${network.name} ${network.subnet}`,
  )
  const pods = testNetworks ? ', each with a macvlan network for pods' : ''
  return [
    '',
    `  cluster   ${name}: ${countText(controlPlanes, 'control plane')}, ${countText(workers, 'worker')}`,
    `  network   ${titleOf(clusterFields.cni, cni)}, Multus ${multus}`,
    `  extra     ${extra.length > 0 ? `${extra.join(', ')}${pods}` : 'no extra networks'}`,
    `  takes     ${estimate(controlPlanes + workers)}`,
    '',
    '  The same without questions:',
    `  ${equalCommand(spec, input)}`,
    '',
  ].join('\n')
}

/** The command line that makes the same cluster without questions, ready to paste. */
export function equalCommand(spec: ClusterSpec, input: RawInput): string {
  const others = without(input, {
    ...clusterSpecFields,
    verify: runFields.verify,
    dryRun: runFields.dryRun,
    yes: runFields.yes,
  })
  const given = Object.values(others).filter(({from}) => from.startsWith('--'))
  const words = given.flatMap(({from, value}) => (value === true ? [from] : [from, String(value)]))
  const verify = input['verify']?.value === false ? ['--no-verify'] : []
  return shellText([...toCommandLine(spec), ...verify, ...words, '--yes'])
}

/**
 * From runs on two cores with everything downloaded: 57 to 96 s for three nodes with Cilium and Multus thin. A node holds about 1 GB of
 * images; the control plane uses about 1.2 GB of memory, a worker half of that.
 */
function estimate(nodes: number): string {
  const minutes = nodes > 3 ? '2 to 4' : '1 to 2'
  return `about ${minutes} minutes once all is downloaded, ${(0.6 * (nodes + 1)).toFixed(1)} GB of memory, ${nodes + 1} GB of disk`
}

function titleOf({choices = []}: Field, value: string): string {
  return choices.find((choice) => choice.value === value)?.title ?? value
}
