import type {Json, KubernetesObject} from './object.ts'

/** Which check to run on what. The subject is plain data that only the check understands. */
export interface CheckRequest {
  readonly check: string
  readonly subject: Json
  /** It does not look, and this is the reason. */
  readonly skip?: string
  /** Seconds that one look may take; otherwise as long as looks take. */
  readonly lookSeconds?: number
  /** Namespace of the privileged pods through which nodes are looked at; otherwise the engine does it. */
  readonly nodePods?: string
}

/** How thorough: each adds to the one before. */
export const tiers = ['quick', 'default', 'full'] as const

export type Tier = (typeof tiers)[number]

export type Severity = 'error' | 'warning'

/** What to look at, as data; run/gather does the looking. */
export type Probe =
  /** GET of an API path; the answer's JSON. */
  | {readonly type: 'api'; readonly path: string}
  /** A program on a node, by argv. */
  | {readonly type: 'node'; readonly node: string; readonly argv: readonly Word[]}
  /** A program in a pod's first container, by argv. */
  | {
      readonly type: 'pod'
      readonly namespace: string
      readonly pod: string
      readonly argv: readonly Word[]
      /** It takes seconds: other looks into the pod are not made to wait for it. */
      readonly alone?: true
    }
  /** Pings, from one pod to another over one attachment, bound to the interface. The gatherer reads names and addresses from both network-status annotations. */
  | {
      readonly type: 'ping'
      readonly namespace: string
      readonly from: string
      readonly to: string
      /** Namespace of `to`; that of `from` when absent. */
      readonly toNamespace?: string
      /** `namespace/name`, or the name of the primary network; absent: the primary one, whatever it is called. */
      readonly network?: string
      readonly count: number
      /** Bytes of each ping's payload; ping's own choice when absent. An IPv4 packet is 28 bytes longer. */
      readonly payload?: number
    }
  /** Whether the API would take an object, by a dry run: it goes through admission, and nothing is kept. */
  | {readonly type: 'admission'; readonly object: KubernetesObject}
  /** Makes these pods one after another, and times each until it is Ready; they go with their namespace. */
  | {readonly type: 'start-times'; readonly pods: readonly KubernetesObject[]}
  /** What a check says of a subject, several times, one after another. */
  | {readonly type: 'verdict'; readonly check: string; readonly subject: Json; readonly looks: number}

/** A word of a program's argv: itself, or what Multus gave a pod on a network, which is known only when the pod runs (the first address; the interface's name). */
export type Word = string | {readonly address: AttachmentRef} | {readonly interface: AttachmentRef}

/** A pod's attachment to a network (`namespace/name`); to the primary one, whatever it is called, where none is named. */
export interface AttachmentRef {
  readonly namespace: string
  readonly pod: string
  readonly network?: string
}

/** What was seen. `failed` means that the looking itself failed, and says why. */
export type Seen =
  | {readonly type: 'json'; readonly value: Json}
  | {readonly type: 'text'; readonly exitCode: number; readonly stdout: string; readonly stderr: string}
  | {
      readonly type: 'ping'
      readonly interface: string
      readonly address: string
      readonly sent: number
      readonly received: number
      readonly averageMs: number | null
      readonly output: string
    }
  /** `message`: what the API says of an object that it does not take. */
  | {readonly type: 'admission'; readonly accepted: boolean; readonly message: string}
  /** Seconds since the object was sent to the API; null: not within the time for it. */
  | {readonly type: 'start-times'; readonly pods: readonly StartTime[]}
  | {readonly type: 'verdict'; readonly verdicts: readonly Verdict[]}
  /** Where a pod is the reason: `unready` does not run, `unattached` has not what Multus should have given it. */
  | {readonly type: 'failed'; readonly reason: string; readonly unready?: string; readonly unattached?: string}

export interface StartTime {
  readonly pod: string
  /** Until its sandbox with all interfaces was there (condition PodReadyToStartContainers, on by default from Kubernetes 1.29 on). */
  readonly sandbox: number | null
  readonly ready: number | null
}

export type Evidence = Readonly<Record<string, Seen>>

export interface Verdict {
  readonly status: 'pass' | 'warn' | 'fail' | 'skip' | 'error'
  /** One sentence, with the figures or the reason. */
  readonly summary: string
  /** What was seen, for a person: lines. */
  readonly evidence?: readonly string[]
  readonly cause?: string
  /** A command, or a change to make. */
  readonly fix?: string
  /** Code of the cause, KL-nnnn, which `k8s-local explain` knows. */
  readonly code?: string
  /** What was measured. */
  readonly measures?: readonly Measure[]
}

/** One figure. More is better of `bit/s`, less of `ms` and `s`. */
export type Measure = {
  /** Such as `throughput/default/lan/across-nodes`: the same in every run. */
  readonly name: string
  readonly value: number
  readonly unit: 'bit/s' | 'ms' | 's'
}

/** A verdict with its place in the report. */
export interface CheckResult extends Verdict {
  readonly check: string
  readonly title: string
  /** What was judged: a node, a network, a pair of pods; empty for the cluster. */
  readonly subject: string
  readonly seconds: number
  /** Of a check of `verify`: its number, tier and severity. */
  readonly id?: string
  readonly tier?: Tier
  readonly severity?: Severity
}
