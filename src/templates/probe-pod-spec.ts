/**
 * The spec of a pod with network tools. The image's own entry point waits and ends at once on TERM (our probe image, and agnhost), so no
 * command is needed. `nodeName` goes past the scheduler, and so past taints that forbid scheduling.
 */
export function probePodSpec({
  image,
  node,
  command,
  privileged = false,
}: {
  readonly image: string
  readonly node?: string
  /** Instead of the image's own entry point. */
  readonly command?: readonly string[]
  readonly privileged?: boolean
}): Readonly<Record<string, unknown>> {
  return {
    ...(node !== undefined && {nodeName: node}),
    tolerations: [{operator: 'Exists'}],
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    containers: [
      {
        name: 'probe',
        image,
        imagePullPolicy: 'IfNotPresent',
        ...(command !== undefined && {command}),
        ...(privileged && {securityContext: {privileged}}),
        resources: {requests: {cpu: '10m', memory: '16Mi'}, limits: {cpu: '2', memory: '128Mi'}},
      },
    ],
  }
}
