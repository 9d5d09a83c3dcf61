import type {Finding} from '../../problem.ts'
import type {KernelLink} from '../kernel-link.ts'
import type {NetworkOption} from '../network/network-option.ts'
import type {CatalogOptions, OptionValues} from '../option.ts'

/** A plugin that works on the interface that another has made. One file each. */
export interface ChainOption {
  readonly title: string
  readonly summary: string
  /** Plugin binaries that must be on the nodes. */
  readonly plugins: readonly string[]
  /** What the kernel of the nodes must be able to make. */
  readonly link?: KernelLink
  /** Why it cannot work behind this type; absent: it can. */
  unfit?(type: Pick<NetworkOption, 'title' | 'veth' | 'nodeIsGateway'>): string | undefined
  /** CNI capabilities: what a pod may ask of it. */
  readonly capabilities: Readonly<Record<string, true>>
  /** What can be said of it, as `--chain NAME:key=value,…`. */
  readonly options: CatalogOptions
  /** The plugin's configuration. */
  toConfig(values: OptionValues): Readonly<Record<string, unknown>>
  lint(values: OptionValues): readonly Finding[]
}
