export interface HelmDriver {
  /** `helm upgrade --install` without --wait; true when the release was already as asked. Throws program-failed. */
  upgrade(options: {
    readonly program: string
    readonly release: string
    readonly namespace: string
    readonly chart: string
    readonly valuesYaml: string
    readonly kubeconfig: string
    readonly signal: AbortSignal
  }): Promise<boolean>
}
