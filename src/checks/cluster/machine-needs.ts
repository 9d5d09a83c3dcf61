/** The oldest Docker that works. */
export const oldestEngine = '20.10'

/** Bytes of memory that a node takes with a CNI and Multus; the host needs half as much for itself. */
export const nodeMemory = 2 ** 30

/** kind's own advice for hosts with several nodes (kind docs, known issues: "pod errors due to too many open files"). */
export const enoughInotify = {inotifyInstances: 512, inotifyWatches: 524_288} as const

/** The limits that are too low, each with its name in the kernel. */
export function lowLimits(limits: {
  readonly inotifyInstances?: number
  readonly inotifyWatches?: number
}): readonly {readonly key: string; readonly is: number; readonly wanted: number}[] {
  return (['inotifyInstances', 'inotifyWatches'] as const).flatMap((name) => {
    const is = limits[name]
    return is !== undefined && is < enoughInotify[name]
      ? [{key: kernelNames[name], is, wanted: enoughInotify[name]}]
      : []
  })
}

const kernelNames = {
  inotifyInstances: 'fs.inotify.max_user_instances',
  inotifyWatches: 'fs.inotify.max_user_watches',
} as const
