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
  const right = twins.find((twin) =>
    isRight(
      files.filter((file) => file === twin || !twins.includes(file)),
      wanted,
    ),
  )
  const other = twins.find((file) => file !== right)
  if (right && other && isStale(other, right, wanted)) return {stale: other.name}
  const order = judgeMultusOrder(directoryOf(files), wanted)
  return order.status === 'fail' ? {fault: [order.summary, order.cause].filter(Boolean).join(': ')} : {}
}

function isRight(files: readonly CniFile[], wanted: MultusExpectation): boolean {
  return judgeMultusOrder(directoryOf(files), wanted).status !== 'fail'
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
