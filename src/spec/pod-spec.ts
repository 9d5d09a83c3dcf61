/** A test pod as asked for. */
export interface TestPodSpec {
  readonly name: string
  readonly namespace: string
  readonly attachments: readonly AttachmentSpec[]
  readonly node?: string
}

/** `[namespace/]network[@interface]`, with an address where one is wanted. */
export interface AttachmentSpec {
  readonly namespace?: string
  readonly network: string
  readonly interface?: string
  /** With or without prefix length. */
  readonly ip?: string
}
