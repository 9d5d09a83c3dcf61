import type {EngineProbe} from '../../diagnosis/collector.ts'
import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Seen} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'

/** What the container engine and our journal tell of a cluster; what they do not tell is `failed`, with the reason. */
export async function lookAtEngine(
  {about}: EngineProbe,
  {cluster, drivers, signal}: {readonly cluster: string; readonly drivers: Drivers; readonly signal: AbortSignal},
): Promise<Seen> {
  try {
    const value: unknown = await ask[about](cluster, drivers, signal)
    if (value === undefined) return {type: 'failed', reason: `${about} of ${cluster} does not exist`}
    return {type: 'json', value: value as Json}
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    return {type: 'failed', reason: error.data.message}
  }
}

const ask: Readonly<
  Record<EngineProbe['about'], (cluster: string, drivers: Drivers, signal: AbortSignal) => Promise<unknown>>
> = {
  engine: (_, {engine}, signal) => engine.info(signal),
  containers: async (cluster, {engine}, signal) => {
    const found = await engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)
    return found.length === 0 ? undefined : found
  },
  // Of networks that are not of this cluster only what can overlap with its own.
  networks: async (cluster, {engine}, signal) =>
    (await engine.networks(signal)).map(({name, subnets, internal, labels, containers}) =>
      name === 'kind' || labels['k8s-local.dev/cluster'] === cluster
        ? {name, subnets, internal, containers}
        : {name, subnets},
    ),
  record: (cluster, {journal}) => journal.read(cluster),
}
