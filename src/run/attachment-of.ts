import type {KubernetesDriver} from '../drivers/ports.ts'
import type {NetworkStatus} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import type {AttachmentRef, Word} from '../steps/check-request.ts'
import {networkStatus} from './network-status.ts'

/** The entry of a pod's network-status for a network. Throws Unattached where there is none, and pod-failed where there is no pod. */
export async function attachmentOf(
  client: KubernetesDriver,
  {namespace, pod, network}: AttachmentRef,
  signal: AbortSignal,
): Promise<NetworkStatus> {
  const object = await client.read({apiVersion: 'v1', kind: 'Pod', namespace, name: pod}, signal)
  if (!object) throw lacking(`pod ${namespace}/${pod} does not exist`)
  const status = networkStatus(object)
  const found = status.find(({name, default: isPrimary}) => (network === undefined ? isPrimary : name === network))
  if (found) return found
  const named = status.map(({name}) => name).join(', ') || 'nothing'
  throw new Unattached(
    `${namespace}/${pod}`,
    `pod ${namespace}/${pod} has no attachment to ${wordsFor(network)}; its network-status names: ${named}`,
  )
}

/** The words as text. Throws pod-failed where a pod has no such attachment, address or interface. */
export async function spellOut(
  words: readonly Word[],
  kubernetes: () => Promise<KubernetesDriver>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await Promise.all(
    words.map(async (word) => {
      if (typeof word === 'string') return word
      const ref = 'address' in word ? word.address : word.interface
      const attachment = await attachmentOf(await kubernetes(), ref, signal)
      const text = 'address' in word ? attachment.ips?.[0] : attachment.interface
      if (text === undefined)
        throw lacking(`${ref.pod} has no ${'address' in word ? 'address' : 'interface'} on ${wordsFor(ref.network)}`)
      return text
    }),
  )
}

/** Multus has not given a pod, which runs, what is asked of it. */
export class Unattached extends Problem {
  readonly pod: string

  /** `pod`: `namespace/name`. */
  constructor(pod: string, message: string) {
    super('pod-failed', {message})
    this.pod = pod
  }
}

function wordsFor(network: string | undefined): string {
  return network ?? 'the primary network'
}

function lacking(message: string): Problem {
  return new Problem('pod-failed', {message})
}
