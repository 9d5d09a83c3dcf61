import {type ConfDirectory, judgeMultusOrder, type MultusExpectation} from '../../checks/conf-directory.ts'
import type {CniFile} from './cni-configs.ts'

export interface MultusFinding {
  /** Why it is not right yet. */
  readonly fault?: string
  /** A file that is certainly stale. */
  readonly stale?: string
}

/** Judges the files of one node as `verify` does, and finds the stale twin that the runtime would read now or after a restart. */
export function judgeMultus(files: readonly CniFile[], wanted: MultusExpectation): MultusFinding {
  const twins = files.filter(({name}) => name === '00-multus.conf' || name === '00-multus.conflist')
  const right = rightTwin(twins, files, wanted)
  const other = twins.find((file) => file !== right)
  if (right && other && isStale(other, right, wanted)) return {stale: other.name}
  const order = judgeMultusOrder(directoryOf(files), wanted)
  return order.status === 'fail' ? {fault: [order.summary, order.cause].filter(Boolean).join(': ')} : {}
}

/**
 * The twin that is right without the other. One that holds an older copy of the primary CNI's file still works, so it is right as well, but only
 * where no other is: it is what a Multus that was killed leaves when the primary's cniVersion becomes 1.0.0 (Cilium 1.20).
 */
function rightTwin(
  twins: readonly CniFile[],
  files: readonly CniFile[],
  wanted: MultusExpectation,
): CniFile | undefined {
  const found = (status: 'pass' | 'warn') => twins.find((twin) => statusAlone(twin, files, wanted) === status)
  return found('pass') ?? found('warn')
}

/** Files that Cilium renamed are left out: nobody reads them, and they would lower what passes to a warning. */
function statusAlone(twin: CniFile, files: readonly CniFile[], wanted: MultusExpectation): 'pass' | 'warn' | 'fail' {
  const others = files.filter(({name}) => !name.startsWith('00-multus.'))
  return judgeMultusOrder(directoryOf([twin, ...others]), wanted).status
}

function directoryOf(files: readonly CniFile[]): ConfDirectory {
  return {
    files: files.map(({name}) => name),
    texts: Object.fromEntries(files.map(({name, content}) => [name, content])),
  }
}

/** Of two files that both belong to Multus, one of the other mode is stale; one of the same mode is when it is older. */
function isStale(other: CniFile, right: CniFile, {mode}: MultusExpectation): boolean {
  const type = /"type"\s*:\s*"(multus(?:-shim)?)"/.exec(other.content)?.[1]
  return type !== (mode === 'thin' ? 'multus' : 'multus-shim') || other.modified < right.modified
}
