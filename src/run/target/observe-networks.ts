import type {TargetNetwork} from '../../plan/facts.ts'
import {targetLooks} from '../../plan/rights/observation.ts'
import {inParallel} from '../in-parallel.ts'
import {lookAtNode} from '../node-exec.ts'
import type {TargetLooker} from './target-looker.ts'

/** Multus' default `confDir` on the nodes (multus v4.3.0 pkg/types/conf.go). */
const confFolder = '/etc/cni/multus/net.d'

interface Definition {
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec?: {readonly config?: string}
}

export type NetworkLooker = Pick<TargetLooker, 'drivers' | 'kubernetes' | 'containers' | 'signal'>

/** All NetworkAttachmentDefinitions, by namespace and name. None where the type is not defined: then there is no Multus. */
export async function observeNetworks(looker: NetworkLooker): Promise<readonly TargetNetwork[]> {
  const {kubernetes, signal} = looker
  const answer = await kubernetes.get(targetLooks.networks, {signal})
  const {items = []} = (answer ?? {}) as unknown as {readonly items?: readonly Definition[]}
  const onNodes = items.some(({spec}) => !spec?.config)
    ? await readNodeConfigs(looker)
    : new Map<string, ReadonlyMap<string, string>>()
  const networks = items.map(({metadata: {name, namespace, annotations = {}}, spec}): TargetNetwork => {
    const config = spec?.config ?? ''
    return {namespace, name, config, nodeConfigs: config ? {} : configsNamed(name, onNodes), annotations}
  })
  return networks.toSorted((a, b) => a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name))
}

/** The text of the configuration file that each node has for a network of that name. */
export async function nodeConfigsOf(
  name: string,
  looker: Omit<NetworkLooker, 'kubernetes'>,
): Promise<TargetNetwork['nodeConfigs']> {
  return configsNamed(name, await readNodeConfigs(looker))
}

/** By node: the text of each configuration file, by the network name that it carries; Multus finds it by that name, not by the file's. */
async function readNodeConfigs(
  looker: Omit<NetworkLooker, 'kubernetes'>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const argv = ['find', confFolder, '-maxdepth', '1', '-type', 'f', '-printf', '\n=== %f\n', '-exec', 'cat', '{}', ';']
  const perNode = await inParallel(looker.containers, async ({name}) => {
    const {stdout} = await lookAtNode(looker, name, argv)
    const texts = stdout
      .split(/^=== .*\n/m)
      .slice(1)
      .map((text) => text.trim())
    return [name, new Map(texts.map((text) => [nameIn(text), text]))] as const
  })
  return new Map(perNode)
}

function configsNamed(
  name: string,
  onNodes: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...onNodes].flatMap(([node, texts]) => (texts.has(name) ? [[node, texts.get(name) ?? '']] : [])),
  )
}

function nameIn(text: string): string {
  try {
    return (JSON.parse(text) as {readonly name?: string}).name ?? ''
  } catch {
    return ''
  }
}
