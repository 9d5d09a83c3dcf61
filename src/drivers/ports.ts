import type {InputFile, ReadableStreamLike} from './streams.ts'
import type {Json, KubernetesObject, ObjectRef} from '../steps/object.ts'
import type {Artifact} from '../steps/artifact.ts'
import type {ClusterRecord} from '../steps/action.ts'

/** The outside world, as small interfaces. Real ones are made by drivers/real-drivers; tests put programs of their own on PATH, or a fake API server. */
export interface Drivers {
  readonly process: ProcessDriver
  readonly engine: EngineDriver
  readonly kind: KindDriver
  readonly helm: HelmDriver
  readonly downloads: DownloadDriver
  readonly files: FileDriver
  readonly host: HostDriver
  readonly journal: JournalDriver
  readonly kubeconfig: KubeconfigDriver
  readonly clock: Clock
  /** A client for a context of a kubeconfig file (absolute path). Throws kubeconfig-unreadable. */
  kubernetes(kubeconfig: string, context?: string): Promise<KubernetesDriver>
}

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly timeoutSeconds?: number
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly stdin?: string | ReadableStreamLike | InputFile
  /** Every line as it comes, of both streams. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** The whole output is also appended to this file. */
  readonly logFile?: string
}

/** How a child ended. */
export interface Finished {
  /** 128 + the signal's number when a signal ended it: never 0. */
  readonly exitCode: number
  /** The signal that ended it, where one did. Aborts and timeouts are thrown instead. */
  readonly signal?: string
  /** As printed, with the last newline. */
  readonly stdout: string
  readonly stderr: string
}

export interface ProcessDriver {
  /** Runs to the end. A non-zero exit is a value, not an error. Throws program-missing, interrupted, wait-timeout. */
  run(argv: readonly string[], options?: RunOptions): Promise<Finished>
  /** The same, but a non-zero exit throws program-failed with the last lines of output as cause. */
  must(argv: readonly string[], options?: RunOptions): Promise<Finished>
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
  /** Address on each engine network, by network name. */
  readonly addresses: Readonly<Record<string, {readonly ip: string; readonly mac: string}>>
}

export interface EngineNetwork {
  readonly name: string
  readonly subnets: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly internal: boolean
  /** Names of the containers on it. */
  readonly containers: readonly string[]
}

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
  /** `env` and `cwd` are the program's; its non-zero exit is a value. Throws engine-failed when the container is gone or down. */
  exec(container: string, argv: readonly string[], options?: RunOptions): Promise<Finished>
  /** Those that are gone are fine. */
  removeContainers(names: readonly string[]): Promise<void>
}

export interface KindDriver {
  /** Runs `kind create cluster --retain -v3`, whole output into `logFile`, kubeconfig into a private file; `onPhase` gets kind's own phase titles without decoration. Throws kind-failed. */
  create(options: {
    readonly program: string
    readonly cluster: string
    readonly config: string
    readonly image: string
    readonly kubeconfig: string
    readonly logFile: string
    readonly signal: AbortSignal
    readonly onPhase: (title: string) => void
  }): Promise<void>
  /** Writes the cluster's kubeconfig to `file` if the control plane has one yet; false if not. */
  kubeconfig(options: {
    readonly program: string
    readonly cluster: string
    readonly file: string
    readonly signal?: AbortSignal
  }): Promise<boolean>
  /** Version as `v0.33.0`, or undefined when the program is not kind. */
  version(program: string): Promise<string | undefined>
}

export interface HelmDriver {
  /** `helm upgrade --install` without --wait; true when the release was already as asked. Throws program-failed. */
  upgrade(options: {
    readonly program: string
    readonly release: string
    readonly namespace: string
    readonly chart: string
    readonly valuesYaml: string
    readonly kubeconfig: string
    readonly signal: AbortSignal
  }): Promise<boolean>
}

export interface KubernetesDriver {
  /**
   * GET of an API path (`/api/v1/nodes`): its JSON, or its text where it is none (`/readyz`); undefined for 404. Paths outside
   * /api and /apis are asked once, without patience. Throws api-unreachable, api-forbidden, api-refused.
   */
  get(
    path: string,
    options?: {readonly signal?: AbortSignal; readonly timeoutSeconds?: number},
  ): Promise<Json | undefined>
  /** Undefined when it is not there, or when the cluster does not know the kind. */
  read(ref: ObjectRef, signal?: AbortSignal): Promise<KubernetesObject | undefined>
  /** None when the cluster does not know the kind. */
  list(
    kind: {
      readonly apiVersion: string
      readonly kind: string
      readonly namespace?: string
      readonly labelSelector?: string
    },
    signal?: AbortSignal,
  ): Promise<readonly KubernetesObject[]>
  /** Server-side apply as field manager `k8s-local`, conflicts forced; says whether anything changed (resourceVersion before and after). */
  apply(
    object: KubernetesObject,
    options?: {readonly signal?: AbortSignal; readonly dryRun?: boolean},
  ): Promise<'created' | 'changed' | 'unchanged'>
  /**
   * Strategic merge patch of an object, or of a subresource of it, as field manager `k8s-local`; says whether anything changed. With a
   * `metadata.resourceVersion` in the patch an object that has changed since is refused. For built-in kinds. Throws api-refused.
   */
  patch(
    ref: ObjectRef,
    patch: Json,
    options?: {readonly signal?: AbortSignal; readonly subresource?: string},
  ): Promise<'changed' | 'unchanged'>
  /** Deletes with propagation Background; false when it was not there. `graceSeconds` for pods. */
  delete(ref: ObjectRef, options?: {readonly graceSeconds?: number; readonly signal?: AbortSignal}): Promise<boolean>
  /**
   * Calls `onChange` with the whole current list, first at once and then after every change, until it returns true. Watches (never
   * polls faster than it must), reconnects after 410 and broken streams; a kind that the cluster does not know yet is an empty
   * list. Throws interrupted when the signal aborts, api-unreachable when the API stays away, and what `onChange` throws.
   */
  watch(
    kind: {
      readonly apiVersion: string
      readonly kind: string
      readonly namespace?: string
      readonly fieldSelector?: string
    },
    onChange: (objects: readonly KubernetesObject[]) => boolean,
    signal: AbortSignal,
  ): Promise<void>
  /**
   * A program in a pod's container (first one unless named), over WebSocket; 60 seconds unless said. Throws api-unreachable,
   * api-forbidden, api-refused (no such pod, no such program), wait-timeout, interrupted.
   */
  exec(
    pod: {readonly namespace: string; readonly name: string; readonly container?: string},
    argv: readonly string[],
    options?: {
      readonly signal?: AbortSignal
      readonly timeoutSeconds?: number
      readonly stdin?: string
      /** Every piece of output as it comes. */
      readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
    },
  ): Promise<Finished>
}

export interface DownloadDriver {
  /** A verified file: cached under its sha256, else downloaded by temporary file, hash and rename, with retries. Throws download-failed, artifact-corrupt. */
  fetch(
    artifact: Artifact,
    options: {readonly signal: AbortSignal; readonly onBytes?: (done: number, total?: number) => void},
  ): Promise<{readonly file: string; readonly already: boolean}>
}

/** Files of this machine. Writes go by temporary file and rename. Throws file-unwritable. */
export interface FileDriver {
  read(file: string): Promise<string | undefined>
  write(file: string, text: string, mode?: number): Promise<void>
  /** Another text for a file that is there and the user's own: a link stays a link, mode and owner stay. */
  rewrite(file: string, text: string): Promise<void>
  remove(file: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  /** The file itself, or all files below a folder, in order; hidden ones and node_modules are left out. Undefined when there is nothing of that name. */
  find(path: string): Promise<readonly string[] | undefined>
  stream(file: string): ReadableStreamLike
  sha256(file: string, signal?: AbortSignal): Promise<string>
  /** `device:inode:bytes` in decimal, as `stat -c %d:%i:%s` prints it: the same text for the same file, wherever it is mounted. */
  identity(file: string): Promise<string>
  /** Names and bytes of the regular files in a .tgz, one after another. */
  untar(file: string, onFile: (name: string, mode: number, bytes: Uint8Array) => Promise<void>): Promise<void>
  /** Whether the file could be written: it, or the nearest folder that exists. */
  writable(file: string): Promise<{readonly writable: boolean; readonly reason?: string}>
  readonly paths: {
    readonly packageRoot: string
    readonly cache: string
    readonly state: string
    readonly kubeconfig: string
  }
}

export interface HostDriver {
  routes(): Promise<readonly string[]>
  limits(): Promise<{readonly inotifyInstances?: number; readonly inotifyWatches?: number}>
  diskFree(directory: string): Promise<number | undefined>
  platform(): {readonly os: string; readonly arch: 'amd64' | 'arm64'; readonly cpus: number}
  /** Absolute path of a program on PATH. */
  which(program: string): Promise<string | undefined>
}

/** What is noted down of one cluster. */
export interface JournalEntry {
  readonly record: ClusterRecord
  readonly phase: 'creating' | 'created' | 'complete'
  /** The user's files that may hold the cluster's context. */
  readonly kubeconfigs: readonly string[]
}

/** What this machine knows of the clusters it made: `<state>/clusters/<name>/{cluster.json,kubeconfig,*.log}`. */
export interface JournalDriver {
  read(cluster: string): Promise<JournalEntry | undefined>
  list(): Promise<readonly string[]>
  /** Starts at phase `creating`; what was noted of kubeconfigs stays. */
  begin(cluster: string, record: ClusterRecord): Promise<void>
  mark(cluster: string, phase: 'created' | 'complete'): Promise<void>
  /** Notes that a file of the user's gets the cluster's context. */
  noteKubeconfig(cluster: string, file: string): Promise<void>
  forget(cluster: string): Promise<void>
  /** Absolute path of a file kept for the cluster. */
  file(cluster: string, name: string): string
  /** One run per cluster at a time: the returned function gives the lock back. Throws cluster-busy with the pid that holds it; a lock of a dead process is taken over. */
  lock(cluster: string): Promise<() => Promise<void>>
  /** The process that works on the cluster now, if one does. */
  holder(cluster: string): Promise<{readonly pid: number; readonly host: string} | undefined>
}

export interface KubeconfigDriver {
  /** Adds or replaces the entries `kind-<cluster>` from the private file, keeps all else byte for byte where it can, takes `<file>.lock` as kubectl does, writes by rename; makes the context current. True when nothing changed. */
  merge(options: {readonly file: string; readonly from: string; readonly cluster: string}): Promise<boolean>
  remove(options: {readonly file: string; readonly cluster: string}): Promise<boolean>
}

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Throws interrupted when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
