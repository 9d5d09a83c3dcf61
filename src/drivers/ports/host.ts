export interface HostDriver {
  routes(): Promise<readonly string[]>
  limits(): Promise<{readonly inotifyInstances?: number; readonly inotifyWatches?: number}>
  diskFree(directory: string): Promise<number | undefined>
  platform(): {readonly os: string; readonly arch: 'amd64' | 'arm64'; readonly cpus: number}
  /** Absolute path of a program on PATH. */
  which(program: string): Promise<string | undefined>
}
