import type {Explanation} from './explanation.ts'

/** What can be wrong with a cluster, and with making one: KL-4. */
export const clusters = {
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
    fixes: [
      'kind export kubeconfig --name NAME',
      'kubectl auth whoami',
      'For verify, an administrator grants what it takes: k8s-local verify --rbac | kubectl apply -f -',
    ],
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
} as const satisfies Record<string, Explanation>
