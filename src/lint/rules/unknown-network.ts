import {editIn, insertMember} from '../edits.ts'
import type {Found, Rule} from '../rule.ts'
import {type Attachment, mayUse, namespaceOf, type NetworkRequest, type Scene, type Workload} from '../scene.ts'

export const unknownNetwork: Rule = {
  code: 'KL-L505',
  title: 'The network is not in that namespace',
  severity: 'error',
  why: "Multus looks in the pod's own namespace unless another is named (multus-cni #337), and the pod waits with: cannot find a network-attachment-definition. Offline only what the given files hold is known: a network that is in none of them is passed over.",
  fix: 'Write namespace/network',
  *request(request, workload, scene) {
    for (const attachment of request.attachments) {
      const namespace = attachment.namespace?.text ?? namespaceOf(workload)
      if (scene.network(namespace, attachment.network.text)) continue
      yield* missing(attachment, namespace, {request, workload, scene})
    }
  },
}

function* missing(
  attachment: Attachment,
  namespace: string,
  {request, workload, scene}: {request: NetworkRequest; workload: Workload; scene: Scene},
): Iterable<Found> {
  const {network} = attachment
  const others = scene.networksNamed(network.text)
  const [only] = others
  if (only) {
    // Objects without a namespace go wherever kubectl is told: they may well meet.
    const unsure = !attachment.namespace && (workload.namespace === undefined || only.namespace === undefined)
    const where = namespaceOf(only)
    const open = mayUse(scene.facts, namespaceOf(workload), where)
    yield {
      at: attachment.namespace?.at ?? network.at,
      ...(unsure && {severity: 'warn' as const}),
      message: `${network.text} is in the namespace ${where}, and is looked for in ${namespace}`,
      fix: open
        ? `Write ${where}/${network.text}${request.form === 'json' ? ` as "namespace": "${where}"` : ''}`
        : `Make one in ${namespaceOf(workload)}: Multus keeps its pods from those of ${where}`,
      ...(!unsure && open && others.length === 1 && {edit: qualify(attachment, where, {request, workload})}),
    }
    return
  }
  const near = scene.nearName(namespace, network.text)
  if (!scene.facts && near === undefined) return
  yield {
    at: network.at,
    ...(!scene.facts && {severity: 'warn' as const}),
    message: `there is no network ${namespace}/${network.text}`,
    fix: near === undefined ? 'k8s-local net list shows the networks of the cluster' : `Write ${near}`,
  }
}

function qualify(
  attachment: Attachment,
  where: string,
  {request, workload}: {request: NetworkRequest; workload: Workload},
) {
  const {namespace, network, tree} = attachment
  if (request.form === 'short') {
    const at = namespace?.at ?? {start: network.at.start, end: network.at.start}
    return editIn(request.host, at, namespace ? where : `${where}/`)
  }
  if (namespace) return editIn(request.host, namespace.at, JSON.stringify(where))
  return insertMember(
    workload.source.text,
    request.host,
    tree ?? {kind: 'map', entries: [], start: network.at.start, end: network.at.end},
    `"namespace": ${JSON.stringify(where)}`,
  )
}
