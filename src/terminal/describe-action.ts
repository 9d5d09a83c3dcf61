import type {Action, ActionOf} from '../steps/action.ts'
import type {Artifact} from '../steps/artifact.ts'
import type {KubernetesObject, ObjectRef} from '../steps/object.ts'
import type {Readiness} from '../steps/readiness.ts'
import {toYaml} from '../yaml.ts'
import {hereDocument, shellText} from './shell-text.ts'

/** A text of objects longer than this is named, not printed; `--dry-run --json` has it whole. */
const longestText = 60

/** What a person would type to do the same, ready to paste; a line that starts with `#` says what no single command does. */
export function describeAction(action: Action, cluster: string): readonly string[] {
  const kubectl = (...argv: readonly string[]) => ['kubectl', '--context', `kind-${cluster}`, ...argv]
  switch (action.type) {
    case 'fetch-artifact':
    case 'ensure-node-image':
      return [fetchText(action.artifact)]
    case 'pull-images':
      return action.artifacts.map(fetchText)
    case 'import-images':
      return importTexts(action)
    case 'create-kind-cluster':
      return [
        hereDocument(
          ['kind', 'create', 'cluster', '--name', cluster, '--image', action.image, '--retain', '--config', '-'],
          action.config,
        ),
      ]
    case 'delete-kind-cluster':
      return [shellText(['kind', 'delete', 'cluster', '--name', cluster])]
    case 'create-engine-network':
      return [shellText(networkCommand(action))]
    case 'connect-nodes':
      return Object.entries(action.addresses).map(([node, ip]) =>
        shellText(['docker', 'network', 'connect', '--ip', ip, action.network, node]),
      )
    case 'delete-engine-networks':
      return [`docker network rm $(docker network ls -q --filter label=k8s-local.dev/cluster=${cluster})`]
    case 'copy-cni-plugins':
      return action.nodes.map((node) => shellText(['docker', 'cp', './cni-plugins/.', `${node}:/opt/cni/bin/`]))
    case 'install-chart':
      return [
        hereDocument(
          [
            'helm',
            '--kube-context',
            `kind-${cluster}`,
            'upgrade',
            '--install',
            action.release,
            fileOf(action.chart),
            '--namespace',
            action.namespace,
            '--values',
            '-',
          ],
          toYaml(action.values),
        ),
      ]
    case 'apply-manifest':
      return [
        ...action.edits.map(({find, replace}) => `# edited: ${oneLine(find)} -> ${oneLine(replace)}`),
        shellText(kubectl('apply', '--server-side', '-f', fileOf(action.artifact))),
      ]
    case 'apply-objects':
      return [applyText(action.objects, kubectl('apply', '--server-side', '-f', '-'))]
    case 'delete-objects':
      return action.objects.map((object) => shellText(kubectl('delete', ...refWords(object))))
    case 'delete-node-files':
      return action.nodes.map((node) => shellText(['docker', 'exec', node, 'rm', '-f', action.path]))
    case 'remove-kubeconfig-entries':
      return ['delete-context', 'delete-cluster', 'delete-user'].map((verb) =>
        shellText(['kubectl', 'config', verb, `kind-${cluster}`, '--kubeconfig', action.file]),
      )
    case 'merge-kubeconfig':
      return [shellText(['kind', 'export', 'kubeconfig', '--name', cluster, '--kubeconfig', action.file])]
    case 'wait':
      return [`# waits up to ${action.timeoutSeconds} s ${waitText(action.for)}`]
    case 'write-node-files':
      return Object.keys(action.files).map((node) => `# writes ${action.path} on ${node}`)
    case 'pin-node-addresses':
      return action.nodes.map(
        (node) => `# keeps ${node}'s own address out of ${action.subnets.join(', ')} after a restart`,
      )
    case 'begin-cluster':
    case 'complete-cluster':
    case 'forget-cluster':
      return []
    case 'check':
      return [`# looks, and judges what it sees; nothing is changed`]
  }
}

function waitText(readiness: Readiness): string {
  if (!('nodes' in readiness)) return waitTextElsewhere(readiness)
  const where = readiness.nodes.join(', ')
  switch (readiness.type) {
    case 'nodes-running':
      return `until the containers run: ${where}`
    case 'nodes-configured':
      return `until kind has configured: ${where}`
    case 'containerd-answers':
      return `until containerd answers on: ${where}`
    case 'nodes-registered':
      return `until registered: ${where}`
    case 'nodes-ready':
      return `until Ready: ${where}`
    case 'file-on-nodes':
      return `until ${readiness.path} is on: ${where}`
    case 'multus-first':
      return `until Multus' configuration is the first, and delegates to ${readiness.confFile}, on: ${where}`
  }
}

function waitTextElsewhere(readiness: Exclude<Readiness, {readonly nodes: readonly string[]}>): string {
  switch (readiness.type) {
    case 'api-ready':
      return 'until the API server says that it is ready'
    case 'rollout':
      return `until the roll-out of ${readiness.kind} ${readiness.namespace}/${readiness.name} is complete`
    case 'crd-established':
      return `until the API knows ${readiness.name}`
    case 'pods-ready':
      return `until the pods are ready: ${readiness.names.join(', ')}`
    case 'pods-gone':
      return `until the pods are gone: ${readiness.names.join(', ')}`
  }
}

function fetchText(artifact: Artifact): string {
  const {origin, name, version} = artifact
  if (origin.kind === 'bundle') return `# ${name} ${version} from ${origin.file}`
  if (origin.kind === 'path') return `# ${name} ${version} is ${origin.file}`
  if (origin.kind === 'engine') return `# ${name} ${version} is in the container engine`
  return artifact.type === 'image' || artifact.type === 'node-image'
    ? shellText(['docker', 'pull', origin.source])
    : shellText(['curl', '--fail', '--location', '--remote-name', origin.source])
}

function importTexts({artifacts, nodes}: ActionOf<'import-images'>): readonly string[] {
  const images = artifacts.map((artifact) => shellText([artifact.reference ?? artifact.name])).join(' ')
  return nodes.map((node) => `docker save ${images} | docker exec -i ${node} ctr --namespace k8s.io images import -`)
}

function networkCommand({network}: ActionOf<'create-engine-network'>): readonly string[] {
  const labels = Object.entries(network.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
  return [
    'docker',
    'network',
    'create',
    '--internal',
    '--subnet',
    network.subnet,
    '--ip-range',
    network.nodeRange,
    ...labels,
    network.name,
  ]
}

function applyText(objects: readonly KubernetesObject[], argv: readonly string[]): string {
  const text = objects.map((object) => toYaml(object)).join('---\n')
  if (text.split('\n').length <= longestText) return hereDocument(argv, text)
  return `# applies ${objects.map(({kind, metadata}) => `${kind} ${metadata.name}`).join(', ')}`
}

function refWords({kind, name, namespace}: ObjectRef): readonly string[] {
  return [...(namespace ? ['--namespace', namespace] : []), kind.toLowerCase(), name]
}

/** The file that holds an artifact, or its address where it is still to be downloaded. */
function fileOf({origin, name}: Artifact): string {
  if (origin.kind === 'online') return origin.source
  return origin.kind === 'engine' ? name : origin.file
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ⏎ ').trim()
}
