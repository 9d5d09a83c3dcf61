import {homedir} from 'node:os'
import {dirname, resolve} from 'node:path'

/** Folders that exist on every machine and so give nothing away. */
const everywhere = new Set(['/', '/home', '/mnt', '/opt', '/srv', '/tmp', '/usr/src', '/var', '/var/tmp', '/Users'])

/** The folders of this machine that no tracked file may name: the home, the repository and the folder it lies in. */
export function machinePaths(root: string, home: string = homedir()): readonly string[] {
  const repository = resolve(root)
  return [...new Set([home, repository, dirname(repository)])].filter((folder) => !everywhere.has(folder))
}
