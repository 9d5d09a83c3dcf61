interface Debug {
  (formatter: unknown, ...values: readonly unknown[]): void
  enabled: boolean
}

/** oclif's own tracing, switched off; `bin/dev.js` with DEBUG=oclif* has it. */
export default function createDebug(_namespace: string): Debug {
  return Object.assign(() => {}, {enabled: false})
}
