import type {Clock} from './ports/clock.ts'
import type {DownloadDriver} from './ports/downloads.ts'
import type {EngineDriver} from './ports/engine.ts'
import type {FileDriver} from './ports/files.ts'
import type {HelmDriver} from './ports/helm.ts'
import type {HostDriver} from './ports/host.ts'
import type {JournalDriver} from './ports/journal.ts'
import type {KindDriver} from './ports/kind.ts'
import type {KubeconfigDriver} from './ports/kubeconfig.ts'
import type {KubernetesDriver} from './ports/kubernetes.ts'
import type {ProcessDriver} from './ports/process.ts'

export type * from './ports/clock.ts'
export type * from './ports/downloads.ts'
export type * from './ports/engine.ts'
export type * from './ports/files.ts'
export type * from './ports/helm.ts'
export type * from './ports/host.ts'
export type * from './ports/journal.ts'
export type * from './ports/kind.ts'
export type * from './ports/kubeconfig.ts'
export type * from './ports/kubernetes.ts'
export type * from './ports/process.ts'

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
