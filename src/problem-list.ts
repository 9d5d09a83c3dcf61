import type {ExitKind} from './exit-kind.ts'

/**
 * Every expected failure: its stable code and the exit code it leads to. Codes are never reused.
 * KL-1xxx input, KL-2xxx the machine, KL-3xxx artifacts, KL-4xxx the cluster, KL-5xxx networks and pods, KL-9xxx ourselves.
 * KL-6xxx is for why a network refuses a pod: checks/causes.
 */
export const problems = {
  'invalid-input': {code: 'KL-1001', exit: 'usage'},
  'missing-input': {code: 'KL-1002', exit: 'usage'},
  'spec-file-unreadable': {code: 'KL-1003', exit: 'usage'},
  'unknown-command': {code: 'KL-1004', exit: 'usage'},
  'bad-usage': {code: 'KL-1005', exit: 'usage'},
  'not-confirmed': {code: 'KL-1006', exit: 'usage'},

  'preflight-failed': {code: 'KL-2001', exit: 'preflight'},
  'engine-missing': {code: 'KL-2002', exit: 'preflight'},
  'engine-unreachable': {code: 'KL-2003', exit: 'preflight'},
  'engine-too-old': {code: 'KL-2004', exit: 'preflight'},
  'engine-failed': {code: 'KL-2005', exit: 'partial'},
  'program-missing': {code: 'KL-2006', exit: 'preflight'},
  'program-failed': {code: 'KL-2007', exit: 'partial'},
  'kubeconfig-unwritable': {code: 'KL-2008', exit: 'preflight'},
  'kubeconfig-unreadable': {code: 'KL-2009', exit: 'preflight'},
  'file-unwritable': {code: 'KL-2010', exit: 'preflight'},
  'disk-full': {code: 'KL-2011', exit: 'preflight'},
  'kernel-lacks-link': {code: 'KL-2012', exit: 'preflight'},

  'artifact-unavailable': {code: 'KL-3001', exit: 'preflight'},
  'artifact-corrupt': {code: 'KL-3002', exit: 'preflight'},
  'download-failed': {code: 'KL-3003', exit: 'preflight'},
  'bundle-invalid': {code: 'KL-3004', exit: 'preflight'},
  'bundle-incomplete': {code: 'KL-3005', exit: 'preflight'},
  'version-unsupported': {code: 'KL-3006', exit: 'preflight'},
  'image-pull-failed': {code: 'KL-3007', exit: 'preflight'},
  'image-import-failed': {code: 'KL-3008', exit: 'partial'},
  'manifest-changed': {code: 'KL-3009', exit: 'preflight'},

  'cluster-exists': {code: 'KL-4001', exit: 'conflict'},
  'cluster-differs': {code: 'KL-4002', exit: 'conflict'},
  'cluster-busy': {code: 'KL-4003', exit: 'conflict'},
  'cluster-not-found': {code: 'KL-4004', exit: 'usage'},
  'cluster-ambiguous': {code: 'KL-4005', exit: 'usage'},
  'kind-failed': {code: 'KL-4006', exit: 'partial'},
  'api-unreachable': {code: 'KL-4007', exit: 'unreachable'},
  'api-refused': {code: 'KL-4008', exit: 'partial'},
  'api-forbidden': {code: 'KL-4009', exit: 'unreachable'},
  'wait-timeout': {code: 'KL-4010', exit: 'timeout'},
  'cluster-partial': {code: 'KL-4011', exit: 'partial'},
  'multus-missing': {code: 'KL-4012', exit: 'preflight'},
  'node-command-failed': {code: 'KL-4013', exit: 'partial'},
  'engine-network-conflict': {code: 'KL-4014', exit: 'conflict'},

  'network-exists': {code: 'KL-5001', exit: 'conflict'},
  'network-not-found': {code: 'KL-5002', exit: 'usage'},
  'network-in-use': {code: 'KL-5003', exit: 'conflict'},
  'pod-exists': {code: 'KL-5004', exit: 'conflict'},
  'pod-failed': {code: 'KL-5005', exit: 'partial'},
  'nothing-to-verify': {code: 'KL-5006', exit: 'preflight'},
  'device-not-advertised': {code: 'KL-5007', exit: 'preflight'},
  'rehearsal-impossible': {code: 'KL-5020', exit: 'preflight'},
  'network-unreadable': {code: 'KL-5021', exit: 'usage'},

  interrupted: {code: 'KL-9001', exit: 'interrupted'},
  'internal-error': {code: 'KL-9002', exit: 'bug'},
} as const satisfies Record<string, {readonly code: `KL-${string}`; readonly exit: ExitKind}>

export type ProblemName = keyof typeof problems
