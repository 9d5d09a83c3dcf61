export interface KindDriver {
  /** Runs `kind create cluster --retain -v3`, whole output into `logFile`, kubeconfig into a private file; `onPhase` gets kind's own phase titles without decoration. Throws kind-failed. */
  create(options: {
    readonly program: string
    readonly cluster: string
    readonly config: string
    readonly image: string
    readonly kubeconfig: string
    readonly logFile: string
    readonly signal: AbortSignal
    readonly onPhase: (title: string) => void
  }): Promise<void>
  /** Writes the cluster's kubeconfig to `file` if the control plane has one yet; false if not. */
  kubeconfig(options: {
    readonly program: string
    readonly cluster: string
    readonly file: string
    readonly signal?: AbortSignal
  }): Promise<boolean>
  /** Version as `v0.33.0`, or undefined when the program is not kind. */
  version(program: string): Promise<string | undefined>
}
