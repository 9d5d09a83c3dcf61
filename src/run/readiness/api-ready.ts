import {Problem} from '../../problem.ts'
import {artifactFile} from '../artifact-file.ts'
import {type Look, poll} from '../poll.ts'
import {everyNode} from './every-node.ts'
import {fileAppears} from './file-appears.ts'
import type {WaitContext, Waiter} from './wait-context.ts'

const interval = 200

/** What kubeadm writes shortly before its API answers, and what kind makes a kubeconfig of. */
const adminConf = '/etc/kubernetes/admin.conf'

/** Everybody may read /readyz. kubeadm makes the user of admin.conf an administrator a moment later (from 1.29 on), and helm reads secrets. */
const forAdministrators = '/api/v1/namespaces/kube-system/secrets?limit=1'

/**
 * kind hands out a kubeconfig long before it has ended (kind v0.33: as soon as kubeadm wrote admin.conf); then the API itself must say that it is
 * ready. The file is waited for on the node: each question to kind starts some five programs, a core's work while kubeadm needs it.
 */
export const apiReady: Waiter<'api-ready'> = async ({cluster, node, kind}, context) => {
  const {drivers, signal, seen} = context
  const program = kind
    ? (await artifactFile(kind, {drivers, signal, progress: () => undefined})).file
    : await drivers.host.which('kind')
  if (!program)
    throw new Problem('program-missing', {
      message: 'kind is not on PATH',
      suggestions: ['Install kind: https://kind.sigs.k8s.io'],
    })
  const file = drivers.journal.file(cluster, 'kubeconfig')
  const begun = await everyNode([node], context, async (_, patient) =>
    (await fileAppears(context, node, {paths: [adminConf], patient}))
      ? undefined
      : 'kubeadm has not written admin.conf yet',
  )
  let written = false
  const writeKubeconfig = async () => (written ||= await drivers.kind.kubeconfig({program, cluster, file, signal}))
  const answered = await poll(() => look(writeKubeconfig, file, context), {
    clock: drivers.clock,
    signal,
    milliseconds: interval,
    seen,
  })
  return begun && answered
}

async function look(
  writeKubeconfig: () => Promise<boolean>,
  file: string,
  {drivers, signal}: WaitContext,
): Promise<Look> {
  try {
    if (!(await writeKubeconfig())) return {ready: false, seen: 'the control plane has no kubeconfig yet'}
    const kubernetes = await drivers.kubernetes(file)
    const answer = await kubernetes.get('/readyz', {signal, timeoutSeconds: 5})
    if (answer === undefined) return {ready: false, seen: '/readyz is not there yet'}
    await kubernetes.get(forAdministrators, {signal, timeoutSeconds: 5})
    return {ready: true, seen: 'the API is ready'}
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    return {ready: false, seen: [error.data.message, error.data.cause?.split('\n')[0]].filter(Boolean).join(': ')}
  }
}
