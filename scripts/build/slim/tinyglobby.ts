/** Looks for command files; oclif.manifest.json names them. */
export async function glob(): Promise<never> {
  throw new Error('oclif.manifest.json is missing from the package: install k8s-local again')
}
