import type {Finished, KubernetesDriver} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'

type Pod = Parameters<KubernetesDriver['exec']>[0]
type Options = NonNullable<Parameters<KubernetesDriver['exec']>[2]>

/** Runs a tool in a container of a pod; undefined where the container has no such program. Throws what exec throws else. */
export async function execTool(
  kubernetes: Pick<KubernetesDriver, 'exec'>,
  pod: Pod,
  argv: readonly string[],
  options: Options,
): Promise<Finished | undefined> {
  try {
    const finished = await kubernetes.exec(pod, argv, options)
    return isMissing(`${finished.stderr}${finished.stdout}`) && finished.exitCode > 125 ? undefined : finished
  } catch (error) {
    if (error instanceof Problem && error.data.name === 'api-refused' && isMissing(error.data.cause ?? ''))
      return undefined
    throw error
  }
}

/** What the runtimes say of a program that is not in the image (runc and crun, through containerd and CRI-O). */
function isMissing(text: string): boolean {
  return /executable file (?:`[^`]*` )?not found|exec: "[^"]+": stat [^:]+: no such file or directory/.test(text)
}
