import type {FolderOnNodes} from '../../steps/action.ts'
import type {ReadableStreamLike} from '../streams.ts'
import type {Finished, RunOptions} from './process.ts'

/** The container engine (docker). Throws engine-missing, engine-unreachable, engine-failed. */
export interface EngineDriver {
  info(signal?: AbortSignal): Promise<EngineInfo>
  /** Containers with a label, `key` or `key=value`, running or not. */
  containers(label: string, signal?: AbortSignal): Promise<readonly EngineContainer[]>
  networks(signal?: AbortSignal): Promise<readonly EngineNetwork[]>
  /** A bridge without a way out. Throws engine-network-conflict when its name or subnet is taken. */
  createNetwork(
    network: {
      readonly name: string
      readonly subnet: string
      readonly nodeRange: string
      readonly labels: Readonly<Record<string, string>>
    },
    signal?: AbortSignal,
  ): Promise<void>
  /** One that is gone is fine. */
  removeNetwork(name: string): Promise<void>
  connect(network: string, container: string, ip: string, signal?: AbortSignal): Promise<void>
  /** The id of an image that the engine holds, by reference. */
  imageId(reference: string, signal?: AbortSignal): Promise<string | undefined>
  /** Throws image-pull-failed. */
  pull(
    reference: string,
    options: {readonly signal?: AbortSignal; readonly onLine?: (line: string) => void},
  ): Promise<void>
  tag(source: string, target: string): Promise<void>
  /** `docker load` of a tar file. */
  load(file: string, signal?: AbortSignal): Promise<void>
  /** A `docker save` of these references as a stream of bytes. */
  save(references: readonly string[], signal?: AbortSignal): ReadableStreamLike
  /** Images that fit at least one filter of `docker image ls`, such as `label=key`, each once. */
  images(filters: readonly string[], signal?: AbortSignal): Promise<readonly EngineImage[]>
  /** An image by reference or id, if the engine holds it. */
  image(reference: string, signal?: AbortSignal): Promise<EngineImage | undefined>
  /** By name or id; those that are gone are fine. Throws engine-failed for one that a container uses. */
  removeImages(names: readonly string[]): Promise<void>
  /**
   * Starts a container with the rights of a node and no network; `scratch` is a folder in it that no image made of it holds. It cannot be interrupted:
   * nobody would know whether there is a container to remove.
   */
  run(container: {
    readonly name: string
    readonly image: string
    readonly labels: Readonly<Record<string, string>>
    readonly entrypoint: readonly string[]
    readonly scratch: string
    readonly readOnly: readonly FolderOnNodes[]
  }): Promise<void>
  /** An image of a container's files, and its id. It cannot be interrupted: half an image is none. */
  commit(
    container: string,
    image: {
      readonly reference: string
      readonly labels: Readonly<Record<string, string>>
      readonly entrypoint: readonly string[]
      readonly command: readonly string[]
    },
  ): Promise<string>
  /** `env` and `cwd` are the program's; its non-zero exit is a value. Throws engine-failed when the container is gone or down. */
  exec(container: string, argv: readonly string[], options?: RunOptions): Promise<Finished>
  /** Those that run are fine. */
  startContainers(names: readonly string[], signal?: AbortSignal): Promise<void>
  /** All at once; each gets ten seconds to end by itself. Those that stand still are fine. */
  stopContainers(names: readonly string[], signal?: AbortSignal): Promise<void>
  /** Those that are gone are fine. */
  removeContainers(names: readonly string[]): Promise<void>
}

export interface EngineInfo {
  readonly version: string
  readonly platform: string
  readonly cgroupVersion: '1' | '2'
  readonly memory: number
  readonly cpus: number
  readonly dataRoot: string
}

export interface EngineContainer {
  readonly name: string
  readonly state: string
  readonly labels: Readonly<Record<string, string>>
  /** Id of the image that it was made from. */
  readonly image?: string
  /** Address on each engine network, by network name. */
  readonly addresses: Readonly<Record<string, {readonly ip: string; readonly mac: string}>>
}

export interface EngineImage {
  readonly id: string
  /** All its names; none when another image took the last. */
  readonly references: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** Bytes, with the layers that it shares with others. */
  readonly size: number
  /** When it was made, RFC 3339. */
  readonly created: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

export interface EngineNetwork {
  readonly name: string
  readonly subnets: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly internal: boolean
  /** Names of the containers on it. */
  readonly containers: readonly string[]
}
