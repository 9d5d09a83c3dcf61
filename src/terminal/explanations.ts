import type {ProblemName} from '../problem-list.ts'

/** What a code means, for somebody who sees it for the first time. */
export interface Explanation {
  readonly means: string
  /** Most usual first. */
  readonly causes: readonly string[]
  /** A command or a change; most likely to help first. */
  readonly fixes: readonly string[]
}

/** Every code has its text: a problem without one does not compile. */
export const explanations: Readonly<Record<ProblemName, Explanation>> = {
  'invalid-input': {
    means: 'One or more values are not what their flag, variable, file key or question takes. All of them are listed.',
    causes: [
      'A typing mistake',
      'An address range that overlaps another',
      'A K8S_LOCAL_ variable left over in the shell',
    ],
    fixes: [
      'Change what is listed, then the same command again',
      'See the flags and their values: k8s-local create --help',
    ],
  },
  'missing-input': {
    means: 'Something that has no default was not given, and there is no terminal to ask on.',
    causes: ['A script, a pipe or a build server', '--json, --no-input or --yes, which ask nothing'],
    fixes: ['Paste the command from the message and fill in the capitals'],
  },
  'spec-file-unreadable': {
    means: 'The file given by --file cannot be read, or is not YAML.',
    causes: ['Another folder than expected', 'Indentation by tabs'],
    fixes: [
      'Look at the line and column of the message',
      'Have one written: answer the questions of k8s-local create and save the file at the end',
    ],
  },
  'unknown-command': {means: 'There is no such command.', causes: ['A typing mistake'], fixes: ['k8s-local --help']},
  'bad-usage': {
    means: 'The command exists, but not with these flags or arguments.',
    causes: ['A flag of another command', 'A value that begins with a dash: write --flag=-value'],
    fixes: ['Add --help to the command'],
  },
  'not-confirmed': {
    means: 'The command destroys something and nobody confirmed it.',
    causes: [
      'Another name typed than asked for',
      'No terminal to ask on, and neither --yes nor --confirm NAME',
      'The networks of a bare pod are to change: it would have to be made again',
    ],
    fixes: ['k8s-local delete NAME --confirm NAME', 'k8s-local pod attach NAME --network NETWORK --recreate'],
  },
  'preflight-failed': {
    means: 'This machine cannot do what was asked. All findings are listed, and nothing was made.',
    causes: [
      'Too little memory or disk',
      'inotify limits of a fresh Linux',
      'Address ranges that are in use',
      'cgroup v1 with a new Kubernetes',
    ],
    fixes: ['Each finding has its own fix'],
  },
  'engine-missing': {
    means: 'The program docker is not on PATH.',
    causes: ['Docker is not installed', 'PATH of this shell lacks its folder'],
    fixes: ['Install Docker Engine 20.10 or newer', 'docker version'],
  },
  'engine-unreachable': {
    means: 'docker is there, but its daemon does not answer.',
    causes: [
      'The daemon is not running',
      'Your user is not in the group docker',
      'DOCKER_HOST or the docker context names another machine',
    ],
    fixes: ['docker info', 'sudo systemctl start docker', 'docker context ls'],
  },
  'engine-too-old': {
    means: 'The container engine is older than kind and Kubernetes need.',
    causes: ['A distribution package that was never updated'],
    fixes: ['docker version', 'Update Docker Engine'],
  },
  'engine-failed': {
    means:
      'The container engine refused, or failed at, something it was asked to do. Its own words are in the message.',
    causes: ['No disk left where it keeps its data', 'A daemon that was restarted in between'],
    fixes: ['docker info', 'The same command again: it goes on where it stopped'],
  },
  'program-missing': {
    means: 'A program that the next step needs is neither on PATH nor to be had.',
    causes: ['No registry answers and no bundle was given'],
    fixes: ['Install it', 'Give a bundle: --bundle DIR'],
  },
  'program-failed': {
    means: 'A program ended with an error. Its last lines are in the message.',
    causes: ['See those lines'],
    fixes: ['The same command again: what is done is not done twice'],
  },
  'kubeconfig-unwritable': {
    means: 'The kubeconfig file cannot be written, so kubectl would not find the cluster.',
    causes: ['It belongs to another user, often root', 'Its folder does not exist or is read-only'],
    fixes: ['Choose another: --kubeconfig FILE', 'ls -l ~/.kube/config'],
  },
  'kubeconfig-unreadable': {
    means: 'The kubeconfig file cannot be read, or lacks the context that was asked for.',
    causes: ['A wrong --kubeconfig or --context', 'Damaged YAML'],
    fixes: ['kubectl config get-contexts'],
  },
  'file-unwritable': {
    means: 'A file of ours cannot be written.',
    causes: ['A full disk', 'A folder that belongs to another user'],
    fixes: ['ls -ld ~/.cache ~/.local/state', 'df -h'],
  },
  'disk-full': {
    means: 'There is too little room for images and nodes.',
    causes: ['Old images, volumes and build caches of the engine'],
    fixes: ['docker system df', 'docker system prune'],
  },
  'kernel-lacks-link': {
    means:
      'The network needs a kind of link that the kernel of the nodes does not make. It was tried on a node; what the kernel said is in the message.',
    causes: [
      'A kernel module that is not loaded on the machine that runs the nodes: nodes share its kernel',
      'A kernel that was built without it, as in small virtual machines',
    ],
    fixes: [
      'On the machine that runs the nodes: sudo modprobe MODULE',
      'A kernel that was built without it cannot have it: update the virtual machine that runs the nodes',
      'Use a type that this kernel has: macvlan instead of ipvlan',
      'Write the network down for another cluster: --output yaml, or --write FILE',
    ],
  },
  'artifact-unavailable': {
    means: 'Something from outside is needed and neither the network nor the bundle has it.',
    causes: ['No registry answers from here', 'A version that does not exist'],
    fixes: ['Give a bundle: --bundle DIR', 'Check the proxy: HTTPS_PROXY'],
  },
  'artifact-corrupt': {
    means: 'A file is not the one that was pinned: its checksum differs. It was not used.',
    causes: ['An interrupted copy', 'A proxy that answers with a page of its own', 'A changed file in a bundle'],
    fixes: ['The same command again', 'Make the bundle again'],
  },
  'download-failed': {
    means: 'A download did not succeed, also when tried again.',
    causes: ['No network', 'A proxy or firewall', 'The server is down'],
    fixes: ['The same command again: what was downloaded is kept', 'Give a bundle: --bundle DIR'],
  },
  'bundle-invalid': {
    means: 'The folder given by --bundle is not a bundle, or its bundle.yaml is not right.',
    causes: ['The folder above or below the right one', 'A half-copied bundle'],
    fixes: ['ls DIR/bundle.yaml'],
  },
  'bundle-incomplete': {
    means: 'The bundle lacks something that this cluster needs. Everything that is missing is listed.',
    causes: ['It was made for another CNI, another Multus mode or another processor'],
    fixes: ['Choose what the bundle has', 'Leave --bundle out where registries answer'],
  },
  'version-unsupported': {
    means: 'A version is outside the range that k8s-local knows how to install.',
    causes: ['An old bundle', '--kubernetes with a version of the past'],
    fixes: ['Leave the version out: a fitting one is chosen'],
  },
  'image-pull-failed': {
    means: 'The container engine could not pull an image.',
    causes: ['No network', 'A rate limit of the registry', 'A private registry without a login'],
    fixes: ['docker pull IMAGE', 'Give a bundle: --bundle DIR'],
  },
  'image-import-failed': {
    means: 'An image did not get into a node.',
    causes: ['No disk left in the engine', 'A node that stopped'],
    fixes: ['docker system df', 'The same command again'],
  },
  'manifest-changed': {
    means: 'A text that has to be edited in an upstream manifest is not there, or is there more than once.',
    causes: ['A version of the manifest that k8s-local does not know'],
    fixes: ['Use the pinned version, or update k8s-local'],
  },
  'cluster-exists': {
    means: 'A cluster with this name exists, and k8s-local did not make it.',
    causes: ['It was made by kind itself'],
    fixes: ['Choose another name', 'kind get clusters'],
  },
  'cluster-differs': {
    means: 'A cluster with this name exists, and it is not the one you ask for. The differences are listed.',
    causes: ['Other flags than when it was made'],
    fixes: ['k8s-local delete NAME', 'Choose another name'],
  },
  'cluster-busy': {
    means: 'Another k8s-local works on this cluster right now.',
    causes: ['A second terminal', 'A run that still cleans up'],
    fixes: ['Wait for it; its process id is in the message'],
  },
  'cluster-not-found': {
    means: 'There is no such cluster.',
    causes: ['A typing mistake', 'It was deleted', 'Another engine is selected (docker context)'],
    fixes: ['k8s-local list'],
  },
  'cluster-ambiguous': {
    means: 'There are several clusters, and the command does not say which one.',
    causes: ['More than one cluster of ours on this machine'],
    fixes: ['Name it: --cluster NAME', 'k8s-local list'],
  },
  'kind-failed': {
    means: 'kind could not create the nodes. Its whole output is in the log.',
    causes: ['Too little memory', 'inotify limits', 'An engine with cgroup v1 and a new Kubernetes'],
    fixes: ['Read the end of the log', 'The same command with --keep-on-failure, then: docker logs NAME-control-plane'],
  },
  'api-unreachable': {
    means: 'The API server of the cluster does not answer.',
    causes: ['The nodes are stopped', 'The machine was restarted', 'A wrong context'],
    fixes: ['k8s-local status NAME', 'docker start $(docker ps -aq --filter label=io.x-k8s.kind.cluster=NAME)'],
  },
  'api-refused': {
    means: 'The API server refused a request. Its own words are in the message.',
    causes: ['An admission policy of the cluster', 'A name or value that it does not allow'],
    fixes: ['k8s-local status NAME'],
  },
  'api-forbidden': {
    means: 'The credentials of the kubeconfig do not allow this, or are no longer valid.',
    causes: ['A cluster that was made again under the same name', 'A context without administrator rights'],
    fixes: ['kind export kubeconfig --name NAME', 'kubectl auth whoami'],
  },
  'wait-timeout': {
    means: 'Something did not become ready in time. What was last seen of it is in the message.',
    causes: ['A slow machine', 'Pods that cannot start, see their events', 'Images that are missing on a node'],
    fixes: [
      'k8s-local status NAME',
      'Give it more time: --timeout SECONDS',
      'The same command again: it goes on where it stopped',
    ],
  },
  'cluster-partial': {
    means: 'The cluster exists in part.',
    causes: ['An interrupted or failed create'],
    fixes: ['The same create again: it makes what is missing', 'k8s-local delete NAME'],
  },
  'multus-missing': {
    means: 'The cluster has no Multus, so pods cannot have second interfaces.',
    causes: ['It was created with --multus none'],
    fixes: ['k8s-local create NAME --multus thin'],
  },
  'node-command-failed': {
    means: 'A program in a node container failed. Its last lines are in the message.',
    causes: ['A node that stopped', 'A node image without that program'],
    fixes: ['docker ps -a --filter label=io.x-k8s.kind.cluster=NAME'],
  },
  'engine-network-conflict': {
    means: 'An engine network could not be made: its name or its addresses are taken.',
    causes: ['A network of another tool with the same subnet', 'A VPN'],
    fixes: ['docker network ls', 'Choose another subnet: --network NAME=CIDR'],
  },
  'network-exists': {
    means: 'A NetworkAttachmentDefinition with this name exists and says something else.',
    causes: ['The same name with other flags'],
    fixes: ['k8s-local net list', 'k8s-local net remove NAME'],
  },
  'network-not-found': {
    means: 'There is no such NetworkAttachmentDefinition.',
    causes: ['A typing mistake', 'Another namespace'],
    fixes: ['k8s-local net list'],
  },
  'network-in-use': {
    means: 'Pods are attached to the network. They are listed.',
    causes: ['Test pods that were never removed'],
    fixes: ['k8s-local pod remove NAME', 'k8s-local net remove NAME --force'],
  },
  'pod-exists': {
    means: 'A pod with this name exists.',
    causes: ['The same command before'],
    fixes: ['k8s-local pod list', 'k8s-local pod remove NAME'],
  },
  'pod-failed': {
    means: 'The pod did not come up. The error of the CNI plugin is in the message where there was one.',
    causes: [
      'A master that the node does not have',
      'No address left in the range',
      'An image that the nodes cannot get',
    ],
    fixes: ['kubectl describe pod NAME', 'k8s-local verify'],
  },
  'nothing-to-verify': {
    means: 'There is nothing of this kind in the cluster to verify.',
    causes: ['No networks yet', 'A wrong --network'],
    fixes: ['k8s-local net add macvlan NAME', 'k8s-local net list'],
  },
  'device-not-advertised': {
    means:
      'The network gives its pods a device of a resource, and no node advertises that resource: no pod on it could ever start.',
    causes: [
      'Nodes that are containers: they have no such NIC',
      'A device plugin that does not run, or that was told another name',
    ],
    fixes: [
      'kubectl get nodes -o jsonpath={.items[*].status.allocatable}',
      'Write the network down for a cluster that has such nodes: --output yaml, or --write FILE',
    ],
  },
  'rehearsal-impossible': {
    means: 'There is no place where the network could be rehearsed. Nothing was tried.',
    causes: [
      'The nodes of the cluster are not containers of this engine',
      '--host without root, or on another system than Linux',
      'A network of the cluster by its name together with --host: there is no cluster then',
    ],
    fixes: ['k8s-local net try FILE --host', 'k8s-local list'],
  },
  'network-unreadable': {
    means: 'The file given to net try cannot be read, or holds no network.',
    causes: ['A typing mistake in its name', 'Indentation', 'A file of other objects only'],
    fixes: ['k8s-local net lint FILE', 'k8s-local net add macvlan NAME --output yaml'],
  },
  interrupted: {
    means: 'You stopped it. What this run had made was removed, unless --keep-on-failure was given.',
    causes: ['Ctrl-C', 'A signal from the system'],
    fixes: ['The same command again'],
  },
  'internal-error': {
    means: 'A mistake in k8s-local itself.',
    causes: ['A case that nobody thought of'],
    fixes: ['Report it with the text of the error and the output of: k8s-local --version'],
  },
}
