/** The folder of one diagnosis, below another: of every run its own. A context may be called anything; a folder may not. */
export function diagnosisFolder(
  directory: string,
  {cluster, runId}: {readonly cluster: string; readonly runId: string},
): string {
  return `${directory.replace(/\/$/, '')}/diagnosis-${cluster.replaceAll(/[^\w.-]+/g, '-')}-${runId}`
}
