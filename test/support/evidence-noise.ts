/** Fields of objects of the API that no judge reads, and that make evidence too long to be read by people. */
const noise: ReadonlySet<string> = new Set(
  `
    managedFields resourceVersion volumes volumeMounts tolerations affinity nodeSelector env lifecycle
    livenessProbe readinessProbe startupProbe securityContext serviceAccount terminationMessagePath
    terminationMessagePolicy terminationGracePeriodSeconds supplementalGroups dnsPolicy
    enableServiceLinks preemptionPolicy priorityClassName schedulerName qosClass allocatedResources
    containerID hostIPs podIPs lastProbeTime podReplacementPolicy
  `
    .trim()
    .split(/\s+/),
)

/** A replacer for JSON.stringify. Roles that Kubernetes makes for its own parts are left out of lists too. */
export function withoutNoise(key: string, value: unknown): unknown {
  if (noise.has(key)) return undefined
  return Array.isArray(value) ? value.filter((item) => !isRoleOfKubernetes(item)) : value
}

function isRoleOfKubernetes(item: unknown): boolean {
  const {metadata, rules} = (item ?? {}) as {
    readonly rules?: unknown
    readonly metadata?: {readonly name?: string; readonly labels?: Readonly<Record<string, string>>}
  }
  const isMade = metadata?.labels?.['kubernetes.io/bootstrapping'] !== undefined
  return rules !== undefined && isMade && metadata?.name?.startsWith('system:') === true
}
