import {type Parsed, shown} from './field-kinds.ts'
import {readObjectName} from './texts.ts'

/** What runs pods, or one bare pod; without its namespace. */
export interface WorkloadReference {
  readonly kind: WorkloadKind
  readonly name: string
}

export type WorkloadKind = 'Pod' | 'Deployment' | 'StatefulSet' | 'DaemonSet'

/** `deployment/NAME`, `statefulset/NAME`, `daemonset/NAME`, with kubectl's short names too, or a pod's `NAME`. */
export function readWorkload(raw: unknown): Parsed<WorkloadReference> {
  const match = typeof raw === 'string' ? /^(?:([^/]+)\/)?([^/]+)$/.exec(raw) : null
  const [, word, name] = match ?? []
  const kind = word === undefined ? 'Pod' : kinds[word.toLowerCase()]
  if (!match || kind === undefined)
    return {fault: `${shown(raw)} is not a pod's name, nor one of deployment/NAME, statefulset/NAME, daemonset/NAME`}
  const read = readObjectName('a workload')(name)
  return 'fault' in read ? read : {value: {kind, name: read.value}}
}

/** The text that reads back as the same. */
export function workloadText({kind, name}: WorkloadReference): string {
  return kind === 'Pod' ? name : `${kind.toLowerCase()}/${name}`
}

const kinds: Readonly<Record<string, WorkloadKind>> = {
  pod: 'Pod',
  pods: 'Pod',
  po: 'Pod',
  deployment: 'Deployment',
  deployments: 'Deployment',
  deploy: 'Deployment',
  statefulset: 'StatefulSet',
  statefulsets: 'StatefulSet',
  sts: 'StatefulSet',
  daemonset: 'DaemonSet',
  daemonsets: 'DaemonSet',
  ds: 'DaemonSet',
}
