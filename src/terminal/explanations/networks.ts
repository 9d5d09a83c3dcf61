import type {Explanation} from './explanation.ts'

/** What can be wrong with networks and the pods that use them: KL-5. */
export const networks = {
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
} as const satisfies Record<string, Explanation>
