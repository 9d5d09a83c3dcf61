export interface KubeconfigDriver {
  /** Adds or replaces the entries `kind-<cluster>` from the private file, keeps all else byte for byte where it can, takes `<file>.lock` as kubectl does, writes by rename; makes the context current. True when nothing changed. */
  merge(options: {readonly file: string; readonly from: string; readonly cluster: string}): Promise<boolean>
  remove(options: {readonly file: string; readonly cluster: string}): Promise<boolean>
}
