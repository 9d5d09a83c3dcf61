/** The file of a sysctl, as `tuning` finds it (plugins v1.9.1, tuning.go). */
export function sysctlFile(sysctl: string): string {
  return `/proc/sys/${sysctl.replaceAll('.', '/')}`
}

/** The summary of a failure: what a sysctl of a pod is, and should be. */
export function sysctlDiffers({
  sysctl,
  pod,
  got,
  wanted,
}: {
  readonly sysctl: string
  readonly pod: string
  readonly got: string
  readonly wanted: string
}): string {
  return `${sysctl} in ${pod} is ${got}, and should be ${wanted}`
}

/** Values by file, from `grep -r . /proc/sys/net`. */
export function readSysctls(listing: string): ReadonlyMap<string, string> {
  const rows = [...listing.matchAll(/^(\/proc\/sys\/net\/[^:]+):(.*)$/gm)]
  return new Map(rows.map(([, file = '', value = '']) => [file, sysctlValue(value)] as const))
}

/** A value as it can be compared: the kernel writes tabs between the numbers of one that is several. */
export function sysctlValue(value: string): string {
  return value.trim().replaceAll(/\s+/g, ' ')
}
