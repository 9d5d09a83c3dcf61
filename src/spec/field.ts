/** One question, whoever asks it: flag, environment variable, key of k8s-local.yaml and wizard prompt are all made from this row. */
export interface Field<T = unknown> {
  /** `pod-subnet`; the key in the table and in the file is the same in camelCase, in the plural where the flag may be repeated (`network`, `networks`); the variable is `K8S_LOCAL_POD_SUBNET`. */
  readonly flag: string
  readonly char?: string
  readonly kind: 'choice' | 'integer' | 'text' | 'list' | 'boolean'
  /** The question, without a question mark for text. */
  readonly ask: string
  /** For `--help`. */
  readonly describe: string
  /** `choice`: what can be chosen, best first. */
  readonly choices?: readonly {readonly value: string; readonly title: string; readonly summary: string}[]
  readonly default?: T
  /** What the flag alone means, where it may stand without a value. */
  readonly alone?: string
  /** Whether the wizard asks it; the others are flags only. */
  readonly wizard: boolean
  /** The value, or what is wrong with it in one sentence that names what would be right. `raw` is a string from a flag, variable or prompt, or any value of a file. */
  parse(raw: unknown): {readonly value: T} | {readonly fault: string}
}

export type Fields = Readonly<Record<string, Field>>

/** Where a raw value came from, for error messages: `--workers`, `K8S_LOCAL_WORKERS`, `workers in k8s-local.yaml`. */
export interface RawValue {
  readonly value: unknown
  readonly from: string
}

/** By key of the field table; absent where nobody said anything. */
export type RawInput = Readonly<Record<string, RawValue>>
