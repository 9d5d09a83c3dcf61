import type {ProblemName} from '../problem-list.ts'

/** Failures to find or reach a cluster: without one a thing can still be shown, though not made. */
export const noCluster: readonly ProblemName[] = [
  'cluster-not-found',
  'engine-missing',
  'engine-unreachable',
  'engine-failed',
  'api-unreachable',
  'kubeconfig-unreadable',
]
