import type {KubernetesObject} from '../steps/object.ts'
import {defaultNetworkAnnotation, managedBy, networksAnnotation} from '../templates/labels.ts'

/** Labels of the namespaces whose pods need leave to use a network. */
export const restrictedNamespace = {'k8s-local.dev/networks': 'by-leave'} as const

const group = 'k8s.cni.cncf.io'
const resource = 'network-attachment-definitions'
/** As many networks as the policy looks at. */
const most = 8
const networks = `object.metadata.?annotations[?'${networksAnnotation}']`
const defaultNetwork = `object.metadata.?annotations[?'${defaultNetworkAnnotation}']`

/**
 * A policy and its binding: in the namespaces with the label a pod may name only networks that its service account has leave to `use`, by an ordinary Role. Multus reads
 * NetworkAttachmentDefinitions as itself and never asks who made the pod, so a Role alone restricts nothing (multus v4.3.0 pkg/k8sclient); the API server can ask. The
 * short form of the annotation is demanded because the policy's language cannot read JSON.
 */
export function useNetworksPolicy(name: string): readonly KubernetesObject[] {
  const metadata = {name, labels: managedBy}
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods']}],
      },
      variables: [
        {name: 'asked', expression: `${networks}.orValue('')`},
        {name: 'account', expression: "object.spec.?serviceAccountName.orValue('default')"},
        {name: 'names', expression: namesExpression},
      ],
      validations: [
        {
          expression: `!${defaultNetwork}.hasValue()`,
          message: refusals.defaultNetwork,
        },
        {
          expression:
            "!variables.asked.contains('{') && !variables.asked.contains('[') && !variables.asked.contains('\"')",
          message: refusals.json,
        },
        {expression: `size(variables.names) <= ${most}`, message: refusals.many},
        ...Array.from({length: most}, (_, place) => leaveAt(place)),
      ],
    },
  }
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      matchResources: {namespaceSelector: {matchLabels: restrictedNamespace}},
    },
  }
  return [policy, binding]
}

/** What the API says when it refuses a pod. */
export const refusals = {
  defaultNetwork: 'pods of this namespace may not replace their primary network',
  json: 'pods of this namespace must name networks in the short form, NAMESPACE/NAME@INTERFACE',
  many: `pods of this namespace may have at most ${most} networks`,
  use: 'has no leave to use',
} as const

/** A Role in the namespace of networks that lets a service account of another namespace use one of them. */
export function leaveToUse(
  {namespace, name}: {readonly namespace: string; readonly name: string},
  account: {readonly namespace: string; readonly name: string},
): readonly KubernetesObject[] {
  const metadata = {name: `use-${name}`, namespace, labels: managedBy}
  const api = 'rbac.authorization.k8s.io'
  return [
    {
      apiVersion: `${api}/v1`,
      kind: 'Role',
      metadata,
      rules: [{apiGroups: [group], resources: [resource], resourceNames: [name], verbs: ['use']}],
    },
    {
      apiVersion: `${api}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: {apiGroup: api, kind: 'Role', name: metadata.name},
      subjects: [{kind: 'ServiceAccount', ...account}],
    },
  ]
}

/** Each item without its interface, and with the pod's namespace where it names none. */
const namesExpression = `variables.asked.split(',')
  .map(item, item.split('@')[0].trim())
  .filter(item, item != '')
  .map(item, item.contains('/') ? item : request.namespace + '/' + item)`

/** One validation for each place of the list: asking the authorizer costs so much that one expression may do it twice at most (seen with Kubernetes 1.34). */
function leaveAt(place: number): object {
  const name = `variables.names[${place}]`
  return {
    expression: `size(variables.names) <= ${place} || authorizer.serviceAccount(request.namespace, variables.account)
  .group('${group}').resource('${resource}')
  .namespace(${name}.split('/')[0]).name(${name}.split('/')[1])
  .check('use').allowed()`,
    messageExpression: `'the service account ' + variables.account + ' ${refusals.use} ' + ${name}`,
  }
}
