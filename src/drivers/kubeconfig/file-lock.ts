import {setTimeout as wait} from 'node:timers/promises'
import {Problem} from '../../problem.ts'
import {tryLock} from '../locks/lock-file.ts'

const patienceMilliseconds = 10_000

/**
 * Works on a kubeconfig while `<file>.lock` exists, as kubectl and kind do (client-go tools/clientcmd/config.go, lockFile: made
 * exclusively, no content, removed afterwards). A lock of ours whose process is dead is taken over; theirs names nobody and is
 * waited for. Throws kubeconfig-unwritable when it does not go.
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  patience = patienceMilliseconds,
): Promise<T> {
  const lock = `${file}.lock`
  const deadline = performance.now() + patience
  for (;;) {
    const attempt = await tryLock(lock)
    if (attempt.taken) {
      try {
        return await work()
      } finally {
        await attempt.release()
      }
    }
    if (performance.now() > deadline) {
      throw new Problem('kubeconfig-unwritable', {
        message: `The kubeconfig ${file} is locked by ${attempt.holder ? `process ${attempt.holder.pid}` : 'another program'} and did not come free within ${patience / 1000} s`,
        cause: `The lock is ${lock}`,
        suggestions: [`If no kubectl, kind or k8s-local runs, remove it: rm ${lock}`],
      })
    }
    await wait(50)
  }
}
