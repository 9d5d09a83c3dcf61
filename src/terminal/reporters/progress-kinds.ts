/** Values of `--progress`. */
export const progressKinds = ['auto', 'tasks', 'lines', 'ndjson', 'none'] as const

export type ProgressKind = (typeof progressKinds)[number]
