import type {Readiness} from '../../steps/readiness.ts'

/** What a wait waits for, in words that follow "Waited 60 s for", and the commands that look into it. */
export function describeReadiness(
  readiness: Readiness,
  {cluster, context}: {readonly cluster: string; readonly context: string},
): {readonly what: string; readonly suggestions: readonly string[]} {
  const kubectl = `kubectl --context ${context}`
  const nodes = 'nodes' in readiness ? readiness.nodes.join(', ') : ''
  const firstNode = 'nodes' in readiness ? (readiness.nodes[0] ?? '') : ''
  switch (readiness.type) {
    case 'nodes-running':
      return {
        what: `the containers of ${nodes} to run`,
        suggestions: [`docker ps -a --filter label=io.x-k8s.kind.cluster=${cluster}`],
      }
    case 'nodes-configured':
      return {what: `kind to configure ${nodes}`, suggestions: [`docker logs ${firstNode}`]}
    case 'containerd-answers':
      return {
        what: `containerd to answer on ${nodes}`,
        suggestions: [`docker exec ${firstNode} journalctl -u containerd -n 50`],
      }
    case 'api-ready':
      return {
        what: 'the Kubernetes API to be ready',
        suggestions: [`docker exec ${cluster}-control-plane crictl ps -a`],
      }
    case 'nodes-registered':
    case 'nodes-ready':
      return {
        what: `${nodes} to be ${readiness.type === 'nodes-ready' ? 'Ready' : 'registered'}`,
        suggestions: [`${kubectl} describe nodes`],
      }
    case 'rollout': {
      const {kind, namespace, name} = readiness
      return {
        what: `the roll-out of ${kind} ${namespace}/${name}`,
        suggestions: [`${kubectl} -n ${namespace} describe ${kind.toLowerCase()} ${name}`],
      }
    }
    case 'file-on-nodes':
      return {
        what: `${readiness.path} on ${nodes}`,
        suggestions: [`docker exec ${firstNode} ls -la ${folderOf(readiness.path)}`],
      }
    case 'multus-first':
      return {
        what: `Multus (${readiness.mode}) to be the first CNI configuration on ${nodes}`,
        suggestions: [
          `${kubectl} -n kube-system logs -l app=multus --tail 20`,
          `docker exec ${firstNode} ls -la /etc/cni/net.d`,
        ],
      }
    case 'crd-established':
      return {what: `the API to serve ${readiness.name}`, suggestions: [`${kubectl} describe crd ${readiness.name}`]}
    case 'pods-ready':
      return {
        what: `pods ${readiness.names.join(', ')} to be Ready`,
        suggestions: [`${kubectl} -n ${readiness.namespace} describe pod ${readiness.names[0] ?? ''}`],
      }
    case 'container-running':
      return {
        what: `container ${readiness.container} of pod ${readiness.pod} to run`,
        suggestions: [`${kubectl} -n ${readiness.namespace} describe pod ${readiness.pod}`],
      }
    case 'pods-in-place':
      return {what: `the pods on ${nodes} to be back`, suggestions: [`${kubectl} get pods -A -o wide`]}
    case 'job-pods-ended':
      return {
        what: `${readiness.count} pods of the Job ${readiness.name} to end`,
        suggestions: [`${kubectl} -n ${readiness.namespace} describe job ${readiness.name}`],
      }
    case 'pods-gone':
      return {
        what: `pods ${readiness.names.join(', ')} to be gone`,
        suggestions: [`${kubectl} -n ${readiness.namespace} get pods`],
      }
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
