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

/** A replacer for JSON.stringify. */
export function withoutNoise(key: string, value: unknown): unknown {
  return noise.has(key) ? undefined : value
}
