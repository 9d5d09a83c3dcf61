/** Matches names of oclif plugins, of which there are none. */
export function minimatch(): boolean {
  return false
}
