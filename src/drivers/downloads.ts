import type {Artifact} from '../steps/artifact.ts'
import type {Clock, DownloadDriver} from './ports.ts'
import type {Processes} from './process.ts'

export interface DownloadContext {
  /** Absolute path of `k8s-local`'s cache folder. */
  readonly cache: string
  readonly processes: Processes
  readonly clock: Clock
  /** For the proxy variables. */
  readonly environment: NodeJS.ProcessEnv
}

export type FetchOptions = Parameters<DownloadDriver['fetch']>[1]
export type Fetched = Awaited<ReturnType<DownloadDriver['fetch']>>
export type ArtifactFrom<K extends Artifact['origin']['kind']> = Artifact & {
  readonly origin: Extract<Artifact['origin'], {kind: K}>
}

/** Files of artifacts. Images have none unless they lie in a bundle: asking for another image's file is a mistake of the caller. */
export function createDownloadDriver(context: DownloadContext): DownloadDriver {
  return {
    fetch: async (artifact, options) => {
      if (isFrom(artifact, 'path')) return {file: artifact.origin.file, already: true}
      if (isFrom(artifact, 'bundle')) {
        const {fetchFromBundle} = await import('./downloads/from-bundle.ts')
        return await fetchFromBundle(context, artifact, options)
      }
      if (isFrom(artifact, 'online') && artifact.type !== 'image' && artifact.type !== 'node-image') {
        const {fetchOnline} = await import('./downloads/online.ts')
        return await fetchOnline(context, artifact, options)
      }
      throw new Error(`the ${artifact.type} ${artifact.name} is in a registry or in the engine and has no file`)
    },
  }
}

function isFrom<K extends Artifact['origin']['kind']>(artifact: Artifact, kind: K): artifact is ArtifactFrom<K> {
  return artifact.origin.kind === kind
}
