import {Problem} from '../../problem.ts'
import {artifactFile} from '../artifact-file.ts'
import {poll} from '../poll.ts'
import type {WaitContext, Waiter} from './wait-context.ts'

const interval = 200

/** kind hands out a kubeconfig long before it has ended (kind v0.33: as soon as kubeadm wrote admin.conf); then the API itself must say that it is ready. */
export const apiReady: Waiter<'api-ready'> = async ({cluster, kind}, context) => {
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
  return await poll(() => lookAtApi({program, cluster, file}, context), {
    clock: drivers.clock,
    signal,
    milliseconds: interval,
    seen,
  })
}

async function lookAtApi(
  {program, cluster, file}: {readonly program: string; readonly cluster: string; readonly file: string},
  {drivers, signal}: WaitContext,
) {
  try {
    if (!(await drivers.kind.kubeconfig({program, cluster, file, signal})))
      return {ready: false, seen: 'the control plane has no kubeconfig yet'}
    const kubernetes = await drivers.kubernetes(file)
    const answer = await kubernetes.get('/readyz', {signal, timeoutSeconds: 5})
    return answer === undefined
      ? {ready: false, seen: '/readyz is not there yet'}
      : {ready: true, seen: 'the API is ready'}
  } catch (error) {
    if (signal.aborted || !(error instanceof Problem)) throw error
    return {ready: false, seen: [error.data.message, error.data.cause?.split('\n')[0]].filter(Boolean).join(': ')}
  }
}
