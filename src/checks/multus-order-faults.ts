/** The directory that the container runtime reads its CNI configuration from. */
export const confDirectory = '/etc/cni/net.d'

/** What is wrong with the configuration files of a node, with its cause and its cure. */
export interface MultusOrderFault {
  readonly status: 'warn' | 'fail'
  readonly summary: string
  readonly cause?: string
  readonly fix?: string
}

export function noConfiguration(renamed: readonly string[]): MultusOrderFault {
  return {status: 'fail', summary: `${confDirectory} holds no CNI configuration`, ...ciliumCause(renamed)}
}

/** `own` is Multus' file, where it is there and another comes before it. */
export function notFirst(
  first: string,
  {renamed, own}: {readonly renamed: readonly string[]; readonly own: string | undefined},
): MultusOrderFault {
  const why =
    own !== undefined
      ? {cause: `${first} sorts before ${own}`, fix: `rm ${confDirectory}/${first} on the node, or rename it`}
      : renamed.length > 0
        ? ciliumCause(renamed)
        : {cause: "Multus' configuration is not there: it was removed, or never written", fix: restartMultus}
  return {
    status: 'fail',
    summary: `the runtime reads ${first} first: pods get no second interface, and no error`,
    ...why,
  }
}

export function staleTwin(twins: readonly string[]): MultusOrderFault {
  return {
    status: 'fail',
    summary: `${twins.join(' and ')} both exist: the runtime reads ${twins[0]}, Multus writes only one of them`,
    cause: `the primary CNI's cniVersion changed, or Multus' mode was switched`,
    fix: `remove both from ${confDirectory} on the node, then: ${restartMultus}`,
  }
}

export function primaryGone(confFile: string | undefined, read: readonly string[]): MultusOrderFault {
  const what = confFile === undefined ? 'the file of a primary CNI' : `${confFile}, the primary CNI's file,`
  return {
    status: 'fail',
    summary: `${what} is not in ${confDirectory}`,
    cause: `it holds ${read.join(', ')}`,
  }
}

export function leftBehind(renamed: readonly string[]): MultusOrderFault {
  return {
    status: 'warn',
    summary: `${renamed.join(', ')} was left behind`,
    cause: 'Cilium once ran with cni.exclusive=true here',
    fix: removeFile(renamed[0] ?? ''),
  }
}

function ciliumCause(renamed: readonly string[]): {readonly cause?: string; readonly fix?: string} {
  if (renamed.length === 0) return {}
  return {
    cause: `Cilium renamed Multus' file to ${renamed.join(', ')}: cni.exclusive is true`,
    fix: `kubectl -n kube-system patch configmap cilium-config --type merge -p '{"data":{"cni-exclusive":"false"}}', restart the Cilium agents, then Multus`,
  }
}

export const restartMultus = 'kubectl -n kube-system rollout restart ds/kube-multus-ds'

export function removeFile(file: string): string {
  return `rm ${confDirectory}/${file} on the node, then: ${restartMultus}`
}
