import type {Drivers, KubernetesDriver} from '../../drivers/ports.ts'
import type {LintFacts} from '../../lint/scene.ts'
import type {Source} from '../../lint/source.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import {toYaml} from '../../to-yaml.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeInterfaces} from '../node-interfaces.ts'

/** What rules want to know of a cluster beyond what every command observes: all NICs of the nodes, and the version of Multus. */
export async function observeLintFacts(
  facts: TargetFacts,
  {
    drivers,
    kubernetes,
    signal,
  }: {readonly drivers: Drivers; readonly kubernetes: KubernetesDriver; readonly signal: AbortSignal},
): Promise<LintFacts> {
  const [nodes, daemonSets] = await Promise.all([
    inParallel(facts.nodes, async ({name}) => ({
      name,
      // A node that is no container here cannot be looked into; its NICs are then unknown.
      interfaces: await nodeInterfaces({drivers, signal}, name).catch(() => []),
    })),
    kubernetes.list({apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system'}, signal),
  ])
  const multus = daemonSets.find(({metadata}) => metadata.name.startsWith('kube-multus-ds'))
  const version = multus && /multus-cni[^"]*:v?(\d+\.\d+\.\d+)/.exec(JSON.stringify(multus['spec']))?.[1]
  return {
    cluster: facts.cluster,
    nodes,
    podSubnet: facts.record.podSubnet,
    serviceSubnet: facts.record.serviceSubnet,
    plugins: facts.plugins,
    namespaces: facts.namespaces,
    ...(version !== undefined && {multusVersion: version}),
  }
}

/** A network of the cluster as a text that can be judged like a file. */
export function networkSource({namespace, name, annotations, config}: TargetNetwork): Source {
  const {'kubectl.kubernetes.io/last-applied-configuration': _, ...own} = annotations
  const object = {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace, annotations: own},
    spec: config === '' ? {} : {config},
  }
  return {name: `${namespace}/${name}`, text: toYaml(object), origin: 'cluster'}
}
