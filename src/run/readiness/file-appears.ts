import {lookAtNode} from '../node-exec.ts'
import type {WaitContext} from './wait-context.ts'

/** Looks that a patient look takes on the node itself: five a second. */
const rounds = 40
/** A constant: the paths are its arguments. */
const script = `n=${rounds}; while :; do for f; do { [ -s "$f" ] || [ -S "$f" ]; } && exit 0; done; n=$((n - 1)); [ "$n" -gt 0 ] || exit 1; sleep 0.2; done`

/**
 * Whether one of these files is on the node, and not empty (or is a socket). A patient look stays on the node for up to 8 s and answers within 0.2 s of
 * the file's coming: a `docker exec` costs 80 ms of a core, and polling three nodes with it takes one of two cores from kubeadm.
 */
export async function fileAppears(
  context: WaitContext,
  node: string,
  {paths, patient}: {readonly paths: readonly string[]; readonly patient: boolean},
): Promise<boolean> {
  const [only] = paths
  const glance = paths.length === 1 && only !== undefined ? ['test', '-s', only] : undefined
  const argv = patient || !glance ? ['sh', '-c', script, 'look', ...paths] : glance
  const {exitCode} = await lookAtNode(context, node, argv, patient ? {timeoutSeconds: 60} : {})
  return exitCode === 0
}
