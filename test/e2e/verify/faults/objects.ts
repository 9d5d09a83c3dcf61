/** A NetworkAttachmentDefinition; its configuration an object or a text. */
export function network(
  name: string,
  config: object | string,
  annotations: Readonly<Record<string, string>> = {},
): object {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, annotations: {'kubernetes.io/description': 'wrong on purpose', ...annotations}},
    spec: {config: typeof config === 'string' ? config : JSON.stringify(config)},
  }
}

/** A pod that asks for networks and is never placed on a node. */
export function pod(networks: string, annotations: Readonly<Record<string, string>> = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'odd',
      annotations: {...(networks !== '' && {'k8s.v1.cni.cncf.io/networks': networks}), ...annotations},
    },
    spec: {
      schedulingGates: [{name: 'k8s-local.dev/never'}],
      containers: [{name: 'main', image: 'none', resources: {limits: {cpu: '10m', memory: '16Mi'}}}],
    },
  }
}
