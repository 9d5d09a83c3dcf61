import type {Readiness} from '../steps/readiness.ts'

/** What a wait waits for, in words that follow "waits". */
export function describeReadiness(readiness: Readiness): string {
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
    case 'pods-in-place':
      return `until the pods are back on: ${where}`
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
    case 'container-running':
      return `until the container ${readiness.container} of ${readiness.pod} runs`
    case 'job-pods-ended':
      return `until ${readiness.count} pods of the Job ${readiness.name} have ended`
    case 'pods-gone':
      return `until the pods are gone: ${readiness.names.join(', ')}`
  }
}
