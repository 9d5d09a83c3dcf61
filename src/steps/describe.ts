import {toYaml} from '../yaml.ts'
import type {Action, ActionOf} from './action.ts'
import {type Artifact, imageName} from './artifact.ts'
import type {Readiness} from './readiness.ts'

/** What a person would type to do the same. */
export interface Description {
  /** A better title than the step's own, where the action says more. */
  readonly title?: string
  /** Commands for a POSIX shell, to be pasted; empty where looking is all that happens. A line that starts with `#` says what has no command. */
  readonly commands: readonly string[]
}

/** The commands that come nearest to an action, for `--dry-run`. They explain; what is run is the action itself. */
export function describeAction(action: Action): Description {
  switch (action.type) {
    case 'fetch-artifact':
      return {commands: fetchCommands(action.artifact)}
    case 'ensure-node-image':
      return {commands: [imageCommand(action.artifact)]}
    case 'pull-images':
      return {commands: action.artifacts.map(imageCommand)}
    case 'begin-cluster':
      return {commands: [`# remember on this machine that cluster ${action.cluster} is being made`]}
    case 'complete-cluster':
      return {commands: [`# remember on this machine that cluster ${action.cluster} is complete`]}
    case 'forget-cluster':
      return {commands: [`# forget what this machine knows of cluster ${action.cluster}`]}
    case 'create-kind-cluster':
      return {commands: kindCommands(action)}
    case 'delete-kind-cluster':
      return {commands: [`kind delete cluster --name ${action.cluster}`]}
    case 'create-engine-network':
      return {commands: [engineNetworkCommand(action)]}
    case 'connect-nodes':
      return {
        commands: each(action.addresses, (node, ip) => `docker network connect --ip ${ip} ${action.network} ${node}`),
      }
    case 'delete-engine-networks':
      return {
        commands: [`docker network rm $(docker network ls -q --filter label=k8s-local.dev/cluster=${action.cluster})`],
      }
    case 'pin-node-addresses':
      return {
        commands: action.nodes.map(
          (node) =>
            `# ${node}: /usr/local/sbin/getent leaves out ${action.subnets.join(', ')} when the node asks for itself`,
        ),
      }
    case 'copy-cni-plugins':
      return {
        commands: action.nodes.map(
          (node) => `docker exec -i ${node} tar -xzC /opt/cni/bin --skip-old-files < ${fileOf(action.artifact)}`,
        ),
      }
    case 'import-images':
      return {commands: action.nodes.flatMap((node) => action.artifacts.map((image) => importCommand(image, node)))}
    case 'wait':
      return {commands: waitCommands(action.for, action.timeoutSeconds)}
    case 'check':
      return {commands: []}
    default:
      return {commands: clusterCommands(action)}
  }
}

type ClusterAction = ActionOf<
  | 'install-chart'
  | 'apply-manifest'
  | 'apply-objects'
  | 'delete-objects'
  | 'write-node-files'
  | 'delete-node-files'
  | 'merge-kubeconfig'
  | 'remove-kubeconfig-entries'
>

function clusterCommands(action: ClusterAction): readonly string[] {
  switch (action.type) {
    case 'install-chart':
      return [
        hereDocument(
          `helm upgrade --install ${action.release} ${fileOf(action.chart)} --namespace ${action.namespace} --values -`,
          toYaml(action.values),
        ),
      ]
    case 'apply-manifest':
      return [
        ...action.edits.map(
          ({find, replace}) => `# in the manifest, ${JSON.stringify(find)} becomes ${JSON.stringify(replace)}`,
        ),
        `kubectl apply --server-side -f ${fileOf(action.artifact)}`,
      ]
    case 'apply-objects':
      return [
        hereDocument('kubectl apply --server-side -f -', action.objects.map((object) => toYaml(object)).join('---\n')),
      ]
    case 'delete-objects':
      return action.objects.map(
        ({kind, name, namespace}) =>
          `kubectl delete ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` -n ${namespace}`} --ignore-not-found`,
      )
    case 'write-node-files':
      return each(action.files, (node, text) => hereDocument(`docker exec -i ${node} tee ${action.path}`, text))
    case 'delete-node-files':
      return action.nodes.map((node) => `docker exec ${node} rm -f ${action.path}`)
    case 'merge-kubeconfig':
      return [`kind export kubeconfig --name ${action.cluster} --kubeconfig ${action.file}`]
    case 'remove-kubeconfig-entries':
      return ['context', 'cluster', 'user'].map(
        (entry) => `kubectl config delete-${entry} kind-${action.cluster} --kubeconfig ${action.file}`,
      )
  }
}

function waitCommands(readiness: Readiness, timeoutSeconds: number): readonly string[] {
  const timeout = `--timeout ${timeoutSeconds}s`
  switch (readiness.type) {
    case 'nodes-running':
      return [`# wait until these containers run: ${readiness.nodes.join(', ')}`]
    case 'nodes-configured':
      return readiness.nodes.map((node) => `until docker exec ${node} test -f /kind/kubeadm.conf; do sleep 1; done`)
    case 'containerd-answers':
      return readiness.nodes.map((node) => `until docker exec ${node} ctr version; do sleep 1; done`)
    case 'api-ready':
      return [`until kubectl get --raw /readyz; do sleep 1; done`]
    case 'nodes-registered':
      return [`until kubectl get node ${readiness.nodes.join(' ')}; do sleep 1; done`]
    case 'nodes-ready':
      return [`kubectl wait node ${readiness.nodes.join(' ')} --for condition=Ready ${timeout}`]
    case 'rollout':
      return [
        `kubectl -n ${readiness.namespace} rollout status ${readiness.kind.toLowerCase()}/${readiness.name} ${timeout}`,
      ]
    case 'file-on-nodes':
      return readiness.nodes.map((node) => `until docker exec ${node} test -s ${readiness.path}; do sleep 1; done`)
    case 'multus-first':
      return readiness.nodes.map(
        (node) => `docker exec ${node} ls /etc/cni/net.d  # first: 00-multus.*, then ${readiness.confFile}`,
      )
    case 'crd-established':
      return [`kubectl wait crd ${readiness.name} --for condition=Established ${timeout}`]
    case 'pods-ready':
      return [
        `kubectl -n ${readiness.namespace} wait pod ${readiness.names.join(' ')} --for condition=Ready ${timeout}`,
      ]
    case 'pods-gone':
      return [`kubectl -n ${readiness.namespace} wait pod ${readiness.names.join(' ')} --for delete ${timeout}`]
  }
}

function kindCommands(action: ActionOf<'create-kind-cluster'>): readonly string[] {
  return [
    hereDocument(
      `kind create cluster --name ${action.cluster} --image ${action.image} --retain --config -`,
      action.config,
    ),
  ]
}

function engineNetworkCommand({network}: ActionOf<'create-engine-network'>): string {
  const labels = each(network.labels, (key, value) => `--label ${key}=${value}`).join(' ')
  return `docker network create --driver bridge --internal --subnet ${network.subnet} --ip-range ${network.nodeRange} ${labels} ${network.name}`
}

function fetchCommands(artifact: Artifact): readonly string[] {
  const {origin, sha256} = artifact
  if (origin.kind !== 'online') return [`# ${artifact.name} ${artifact.version} is there: ${fileOf(artifact)}`]
  const file = origin.source.split('/').at(-1) ?? artifact.name
  const check = sha256 === undefined ? [] : [`echo '${sha256}  ${file}' | sha256sum --check`]
  const unpack = origin.member === undefined ? [] : [`tar -xzf ${file} ${origin.member}`]
  return [`curl -fLO ${origin.source}`, ...check, ...unpack]
}

function imageCommand(artifact: Artifact): string {
  const {origin} = artifact
  if (origin.kind === 'bundle') return `docker load --input ${origin.file}`
  if (origin.kind === 'engine') return `docker image inspect ${imageName(artifact)}`
  return `docker pull ${artifact.reference ?? imageName(artifact)}`
}

function importCommand(artifact: Artifact, node: string): string {
  const load = `docker exec -i ${node} ctr --namespace k8s.io images import -`
  if (artifact.origin.kind === 'bundle') return `${load} < ${artifact.origin.file}`
  return `docker save ${imageName(artifact)} | ${load}`
}

function fileOf({origin, name}: Artifact): string {
  if (origin.kind === 'bundle' || origin.kind === 'path') return origin.file
  return origin.kind === 'online' ? (origin.member ?? origin.source.split('/').at(-1) ?? name) : name
}

function hereDocument(command: string, text: string): string {
  return `${command} <<'EOF'\n${text.endsWith('\n') ? text : `${text}\n`}EOF`
}

function each<T>(record: Readonly<Record<string, string>>, say: (key: string, value: string) => T): readonly T[] {
  return Object.entries(record).map(([key, value]) => say(key, value))
}
