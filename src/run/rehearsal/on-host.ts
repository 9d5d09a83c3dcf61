import {join} from 'node:path'
import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import {makeRunId} from '../run-id.ts'
import {hostPlugins} from './host-plugins.ts'
import {withImitatedNodes} from './imitated-nodes.ts'
import {type TrialOptions, type TrialSource, writtenLabel} from './on-cluster.ts'
import {minutesOver} from './former-pods.ts'
import {type TriedNetwork, tryNetworks} from './try-networks.ts'

export interface HostTrialOptions extends Omit<TrialOptions, 'nodes'> {
  /** Names of the NICs that the imitated nodes get. */
  readonly nics: readonly string[]
  /** Absolute path of an offline bundle; absent: online. */
  readonly bundle?: string
}

/** Rehearses networks that were written down on two imitated nodes of this machine. Throws rehearsal-impossible, what getting the plugins throws, and what `tryNetworks` throws. */
export async function tryOnHost(
  sources: readonly TrialSource[],
  {signal, seconds, nics, bundle, ...wishes}: HostTrialOptions,
  drivers: Drivers,
): Promise<readonly TriedNetwork[]> {
  await mustBeAble(drivers)
  const trials = sources.map((source) => {
    if ('file' in source) return {...source, label: writtenLabel(source)}
    throw new Problem('rehearsal-impossible', {
      message: `${source.namespace}/${source.name} is a network of a cluster, and --host knows no cluster`,
      suggestions: ['Name a file: k8s-local net try FILE --host', 'Leave --host out'],
    })
  })
  const plugins = await hostPlugins({bundle, signal}, drivers)
  const runId = makeRunId()
  const dataFolder = join(drivers.files.paths.cache, `rehearsal-${runId}`)
  return await withImitatedNodes(
    {runId, nics, plugins, dataFolder, olderThan: minutesOver(seconds)},
    drivers,
    (sites) =>
      tryNetworks(
        trials.map(({label, name, namespace, config}) => ({
          label,
          name,
          namespace,
          configs: Object.fromEntries(sites.map(({node}) => [node, config])),
        })),
        {sites, ...wishes},
        {clock: drivers.clock, signal, seconds},
      ),
  )
}

/** Namespaces are Linux's, and root's. */
async function mustBeAble({host, process}: Drivers): Promise<void> {
  const {os} = host.platform()
  const user = os === 'linux' ? (await process.run(['id', '-u'], {timeoutSeconds: 5})).stdout.trim() : ''
  if (user === '0') return
  throw new Problem('rehearsal-impossible', {
    message: os === 'linux' ? 'A rehearsal on this machine needs root' : 'A rehearsal on this machine needs Linux',
    cause: os === 'linux' ? `You are user ${user}` : `This is ${os}`,
    suggestions: ['Rehearse on the nodes of a cluster: leave --host out'],
  })
}
