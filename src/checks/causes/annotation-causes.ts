import type {CauseRow} from './cause-row.ts'

/** What a pod asks for, and the object that it names: KL-60. */
export const annotationCauses: readonly CauseRow[] = [
  {
    code: 'KL-6001',
    says: 'cannot find a network-attachment-definition () in namespace (default)',
    text: /cannot find a network-attachment-definition \(\)/,
    cause: () => 'the annotation names a network without a name, after a comma that is too many',
    fix: () => 'remove the trailing comma from the annotation k8s.v1.cni.cncf.io/networks',
  },
  {
    code: 'KL-6002',
    says: 'cannot find a network-attachment-definition (data) in namespace (default): the server could not find the requested resource',
    text: /cannot find a network-attachment-definition .*could not find the requested resource/,
    cause: () => 'the API does not know NetworkAttachmentDefinitions: their CustomResourceDefinition is not there',
    fix: () => 'install Multus again: k8s-local create with the same flags',
  },
  {
    code: 'KL-6003',
    says: 'cannot find a network-attachment-definition (data) in namespace (default): network-attachment-definitions.k8s.cni.cncf.io "data" is forbidden: User "u" cannot get resource',
    text: /cannot find a network-attachment-definition .* is forbidden: User "([^"]+)"/,
    cause: ([, user]) => `Multus may not read networks: ${user} lacks the right`,
    fix: () => 'kubectl get clusterrolebinding multus -o yaml',
  },
  {
    code: 'KL-6004',
    says: 'cannot find a network-attachment-definition (data) in namespace (default)',
    // Where its token was refused, no network is missing: that is KL-6022.
    text: /cannot find a network-attachment-definition \(([^)]+)\) in namespace \(([^)]+)\)(?!.*Unauthorized)/,
    cause: ([, name, namespace]) => `there is no network ${name} in namespace ${namespace}`,
    fix: ([, name, namespace]) =>
      `k8s-local net list --namespace ${namespace}; for another namespace write NAMESPACE/${name}`,
  },
  {
    code: 'KL-6005',
    says: 'namespace isolation enabled, annotation violates permission, pod is in namespace blue but refers to target namespace red',
    text: /namespace isolation enabled.*pod is in namespace (\S+) but refers to target namespace (\S+)/,
    cause: ([, from, to]) => `Multus isolates namespaces: a pod in ${from} may not use networks of ${to}`,
    fix: ([, from]) => `define the network in ${from}, or name its namespace in globalNamespaces of Multus`,
  },
  {
    code: 'KL-6006',
    says: 'failed to parse pod Network Attachment Selection Annotation JSON format: invalid character',
    text: /failed to parse pod Network Attachment Selection Annotation JSON format: (.+)/,
    cause: ([, why]) => `the annotation is not the JSON that Multus reads: ${why?.trim()}`,
    fix: () => 'write an array of objects, "ips" as an array of strings; or the short form NAMESPACE/NAME@INTERFACE',
  },
  {
    code: 'KL-6007',
    says: "Failed to parse interface name: interface name 'a/b'",
    text: /Failed to parse interface name: .*interface name '([^']+)'/,
    cause: ([, name]) => `${name} cannot be the name of an interface`,
    fix: () => 'choose one of at most 15 characters, without slash or space',
  },
  {
    code: 'KL-6008',
    says: 'failed to unmarshal Spec.Config: invalid character',
    text: /(?:failed to unmarshal Spec\.Config|it is not JSON): (.+)/,
    cause: ([, why]) => `the network's configuration is not JSON: ${why?.trim()}`,
    fix: () => 'correct spec.config of the NetworkAttachmentDefinition: no comments, no trailing commas',
  },
  {
    code: 'KL-6009',
    says: 'No networks found in /etc/cni/multus/net.d',
    text: /No networks found in (\S+)/,
    cause: ([, folder]) => `the network has no spec.config, and ${folder} on the node has no file for it`,
    fix: () => 'add the network again: k8s-local net remove NAME, then k8s-local net add',
  },
  {
    code: 'KL-6010',
    says: 'interface name net1 already exists',
    text: /interface name (\S+) already exists/,
    cause: ([, name]) => `two interfaces of the pod would be called ${name}`,
    fix: () => 'give each attachment a name of its own: NETWORK@INTERFACE',
  },
  {
    code: 'KL-6011',
    says: 'error parsing configuration list: no plugins in list',
    text: /no plugins in list|missing 'type'/,
    cause: () => 'the configuration names no plugin: "plugins" is empty, or a "type" is missing',
    fix: () => 'k8s-local net lint says where',
  },
]
