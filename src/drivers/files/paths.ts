import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {FileDriver} from '../ports.ts'

/**
 * Absolute paths: where this package lies, `k8s-local` in XDG's cache and state folders (XDG Base Directory 0.8: relative values
 * are ignored), and the kubeconfig that kubectl would write: the first of KUBECONFIG that exists, else its last, else ~/.kube/config.
 */
export function findPaths(environment: NodeJS.ProcessEnv): FileDriver['paths'] {
  const home = environment['HOME'] || homedir()
  const xdg = (name: string, fallback: string): string => {
    const value = environment[name]
    return join(value?.startsWith('/') ? value : join(home, fallback), 'k8s-local')
  }
  return {
    get packageRoot() {
      return findPackageRoot(dirname(fileURLToPath(import.meta.url)))
    },
    cache: xdg('XDG_CACHE_HOME', '.cache'),
    state: xdg('XDG_STATE_HOME', '.local/state'),
    get kubeconfig() {
      const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
      return named.find((file) => existsSync(file)) ?? named.at(-1) ?? join(home, '.kube', 'config')
    },
  }
}

/** The folder that holds `manifests`: the same for the sources and for the bundle. */
function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'manifests', 'lock.yaml'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('manifests/lock.yaml is not above the program: the installation is not whole')
  return findPackageRoot(parent)
}
