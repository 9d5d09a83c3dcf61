import {dirname} from 'node:path'
import {buildContainer} from '../run/warm/build-names.ts'
import type {Action, ActionOf, ActionType} from '../steps/action.ts'
import {imageName} from '../steps/artifact.ts'
import type {KubernetesObject, ObjectRef} from '../steps/object.ts'
import {contextOf, type Plan} from '../steps/step.ts'
import {warmFile} from '../steps/warm-image.ts'
import {toYaml} from '../to-yaml.ts'
import {describeFetch, fileOf} from './describe-artifact.ts'
import {describeReadiness} from './describe-readiness.ts'
import {hereDocument, shellText} from './shell-text.ts'

/** A text longer than this, in lines, is named and not printed; `--dry-run --json` has it whole. */
const longestText = 60

/** What a person would type to do the same, ready to paste; a line that starts with `#` says what no single command does. */
export function describeAction(action: Action, of: Of): readonly string[] {
  const describe = descriptions[action.type] as (one: Action, of: Of) => readonly string[]
  return describe(action, of)
}

/** The plan that the action is of. */
type Of = Pick<Plan, 'cluster' | 'context'>

type Descriptions = {readonly [T in ActionType]: (action: ActionOf<T>, of: Of) => readonly string[]}

const nothing = (): readonly string[] => []

const descriptions: Descriptions = {
  'fetch-artifact': ({artifact}) => [describeFetch(artifact)],
  'ensure-engine-image': ({artifact}) => [describeFetch(artifact)],
  'pull-images': ({artifacts}) => artifacts.map(describeFetch),
  'begin-cluster': nothing,
  'complete-cluster': nothing,
  'forget-cluster': nothing,
  'create-kind-cluster': ({image, config}, {cluster}) => [
    hereDocument([...`kind create cluster --name ${cluster} --retain --config - --image`.split(' '), image], config),
  ],
  'delete-kind-cluster': (_, {cluster}) => [shellText(['kind', 'delete', 'cluster', '--name', cluster])],
  'start-nodes': ({nodes}) => [shellText(['docker', 'start', ...nodes])],
  'stop-nodes': ({nodes}) => [shellText(['docker', 'stop', ...nodes])],
  'restart-nodes': ({nodes}) => [shellText(['docker', 'stop', ...nodes]), shellText(['docker', 'start', ...nodes])],
  'create-engine-network': (action) => [shellText(networkCommand(action))],
  'connect-nodes': ({network, addresses}) =>
    Object.entries(addresses).map(([node, ip]) =>
      shellText(['docker', 'network', 'connect', '--ip', ip, network, node]),
    ),
  'fit-node-nics': ({interface: name, addresses, prefix}) =>
    Object.entries(addresses).flatMap(([node, ip]) => [
      `# the NIC that has, or had, ${ip} is called ${name}`,
      shellText(['docker', 'exec', node, 'ip', 'address', 'replace', `${ip}/${prefix}`, 'dev', name]),
      shellText(['docker', 'exec', node, 'ip', 'link', 'set', name, 'up']),
    ]),
  'pin-node-addresses': ({nodes, subnets}) =>
    nodes.map((node) => `# keeps ${node}'s own address out of ${subnets.join(', ')} after a restart`),
  'delete-engine-networks': (_, {cluster}) => [
    `docker network rm $(docker network ls -q --filter label=k8s-local.dev/cluster=${cluster})`,
  ],
  'copy-cni-plugins': ({nodes}) =>
    nodes.map((node) => shellText(['docker', 'cp', './cni-plugins/.', `${node}:/opt/cni/bin/`])),
  'import-images': importCommands,
  'build-warm-image': ({image, node, images}) => [
    `# unpacks ${images.map(imageName).join(', ')} in a container of ${imageName(node)}, then:`,
    shellText(['docker', 'commit', buildContainer(image), image.reference]),
  ],
  'save-warm-image': ({image, bundle}) => [
    shellText(['docker', 'image', 'save', '--output', `${bundle}/${warmFile(image)}`, image.reference]),
    `# and names it in ${bundle}/bundle.yaml`,
  ],
  'remove-warm-images': ({images}) => [
    ...(images.length > 0 ? [shellText(['docker', 'image', 'rm', ...images])] : []),
    '# and containers of builds that were killed',
  ],
  'delete-cached-files': ({files}) => files.map((file) => shellText(['rm', file])),
  'install-chart': (action, of) => [hereDocument(helmCommand(action, of), toYaml(action.values))],
  'apply-manifest': ({artifact, edits}, of) => [
    ...edits.map(({find, replace}) => `# edited: ${oneLine(find)} -> ${oneLine(replace)}`),
    shellText(kubectl(of, 'apply', '--server-side', '-f', fileOf(artifact))),
  ],
  'apply-objects': ({objects}, of) => [applyCommand(objects, of)],
  'patch-object': ({ref, subresource, patch}, of) => [
    shellText([
      ...kubectl(of, 'patch', ...refWords(ref)),
      ...(subresource === undefined ? [] : ['--subresource', subresource]),
      '--type',
      ref.apiVersion.split('/')[0]?.includes('.') ? 'merge' : 'strategic',
      '--patch',
      JSON.stringify(patch),
    ]),
  ],
  'restart-pods': ({kind, namespace, name, node}, of) => [
    `# the pods of ${kind} ${namespace}/${name}${node === undefined ? '' : ` on ${node}`} are deleted, and others take their place`,
    shellText(kubectl(of, '--namespace', namespace, 'rollout', 'status', `${kind.toLowerCase()}/${name}`)),
  ],
  'delete-objects': ({objects, until}, of) =>
    objects.map((object) => {
      const unwaited = object.kind === 'Namespace' && until === 'pods-gone' ? ['--wait=false'] : []
      return shellText(kubectl(of, 'delete', ...refWords(object), ...unwaited))
    }),
  'evict-pods': ({pods}, cluster) =>
    pods.flatMap(({namespace, name}) => [
      '# as its disruption budget allows',
      shellText(kubectl(cluster, 'delete', '--namespace', namespace, 'pod', name)),
    ]),
  'write-node-files': ({path, files}) =>
    Object.entries(files).map(([node, text]) =>
      isLong(text) ? `# writes ${path} on ${node}` : hereDocument(['docker', 'exec', '-i', node, 'tee', path], text),
    ),
  'delete-node-files': ({path, nodes}) => nodes.map((node) => shellText(['docker', 'exec', node, 'rm', '-rf', path])),
  'delete-node-links': ({links, nodes}) =>
    nodes.flatMap((node) => links.map((link) => shellText(['docker', 'exec', node, 'ip', 'link', 'delete', link]))),
  'merge-kubeconfig': ({file}, {cluster}) => [
    shellText(['kind', 'export', 'kubeconfig', '--name', cluster, '--kubeconfig', file]),
  ],
  'remove-kubeconfig-entries': ({file}, {cluster}) =>
    ['delete-context', 'delete-cluster', 'delete-user'].map((verb) =>
      shellText(['kubectl', 'config', verb, `kind-${cluster}`, '--kubeconfig', file]),
    ),
  wait: ({timeoutSeconds, for: readiness}) => [`# waits up to ${timeoutSeconds} s ${describeReadiness(readiness)}`],
  check: () => ['# looks, and judges what it sees; nothing is changed'],
  'collect-diagnosis': ({folder}, {cluster}) => [
    shellText(['k8s-local', 'diagnose', cluster, '--output', dirname(folder)]),
  ],
}

function kubectl(of: Of, ...words: readonly string[]): readonly string[] {
  return ['kubectl', '--context', contextOf(of), ...words]
}

function helmCommand({release, chart, namespace}: ActionOf<'install-chart'>, of: Of): readonly string[] {
  const install = ['upgrade', '--install', release, fileOf(chart), '--namespace', namespace, '--values', '-']
  return ['helm', '--kube-context', contextOf(of), ...install]
}

function importCommands({artifacts, nodes}: ActionOf<'import-images'>): readonly string[] {
  const images = artifacts.map((artifact) => shellText([artifact.reference ?? artifact.name])).join(' ')
  return nodes.map((node) => `docker save ${images} | docker exec -i ${node} ctr --namespace k8s.io images import -`)
}

function networkCommand({network}: ActionOf<'create-engine-network'>): readonly string[] {
  const {name, subnet, nodeRange} = network
  const labels = Object.entries(network.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
  return ['docker', 'network', 'create', '--internal', '--subnet', subnet, '--ip-range', nodeRange, ...labels, name]
}

function applyCommand(objects: readonly KubernetesObject[], of: Of): string {
  const text = objects.map((object) => toYaml(object)).join('---\n')
  if (isLong(text)) return `# applies ${objects.map(({kind, metadata}) => `${kind} ${metadata.name}`).join(', ')}`
  return hereDocument(kubectl(of, 'apply', '--server-side', '-f', '-'), text)
}

function refWords({kind, name, namespace}: ObjectRef): readonly string[] {
  return [...(namespace ? ['--namespace', namespace] : []), kind.toLowerCase(), name]
}

function isLong(text: string): boolean {
  return text.split('\n').length > longestText
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ⏎ ').trim()
}
