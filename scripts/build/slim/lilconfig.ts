/** Looks for an .oclifrc when package.json has no oclif section; ours has. */
export function lilconfig(): never {
  throw new Error('package.json has lost its oclif section')
}
