/** A kind of link that the kernel must be able to make, and how to try it. */
export interface KernelLink {
  /** As `ip link` calls it. */
  readonly kind: string
  /** The kernel module that brings it. */
  readonly module: string
  /** Words of `ip` that make the link `child`; `parent` is an Ethernet device that is there. */
  readonly make: readonly string[]
}

interface LinkParts {
  readonly kind: string
  /** Called as the kind where it is not said. */
  readonly module?: string
  /** What the kind cannot do without. */
  readonly words?: readonly string[]
}

/** A link of its own. */
export function ownLink({kind, module = kind, words = []}: LinkParts): KernelLink {
  return {kind, module, make: ['link', 'add', 'name', 'child', 'type', kind, ...words]}
}

/** A link on top of a NIC. */
export function linkOnParent({kind, module = kind, words = []}: LinkParts): KernelLink {
  return {kind, module, make: ['link', 'add', 'link', 'parent', 'name', 'child', 'type', kind, ...words]}
}
