import type {Finding} from '../../problem.ts'

/** A type of NetworkAttachmentDefinition. One file each. */
export interface NetworkOption {
  readonly title: string
  readonly summary: string
  /** Plugin binaries that must be on the nodes. */
  readonly plugins: readonly string[]
  /** Whether its L2 segment spans nodes: then addresses must be unique over all nodes, and pods on two nodes reach each other. */
  readonly spansNodes: boolean
  readonly hasMaster: boolean
  readonly modes: readonly string[]
  /** The plugin's configuration without `cniVersion`, `name` and `ipam`. */
  toConfig(options: NetworkOptions): Readonly<Record<string, unknown>>
  /** What is wrong with these options for this type. */
  lint(options: NetworkOptions): readonly Finding[]
}

export interface NetworkOptions {
  readonly name: string
  readonly master?: string
  readonly mode?: string
  readonly mtu?: number
  readonly gateway?: string
}
