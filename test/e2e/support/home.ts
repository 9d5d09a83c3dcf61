import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {homedir, tmpdir} from 'node:os'
import {join} from 'node:path'

/** A person who never used k8s-local: an empty home, a kubeconfig that does not exist yet, nothing of the real user's but PATH and the engine. */
export interface Home {
  readonly directory: string
  readonly kubeconfig: string
  /** `<XDG_STATE_HOME>/k8s-local`. */
  readonly state: string
  /** `<XDG_CACHE_HOME>/k8s-local`. */
  readonly cache: string
  readonly env: Readonly<Record<string, string>>
}

export function makeHome(): Home {
  const directory = mkdtempSync(join(tmpdir(), 'k8s-local-e2e-'))
  const [kube, state, cache] = ['.kube', '.state', '.cache'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(kube)
  const kubeconfig = join(kube, 'config')
  const env = {
    ...engineEnvironment(),
    PATH: process.env.PATH ?? '',
    HOME: directory,
    XDG_STATE_HOME: state,
    XDG_CACHE_HOME: cache,
    XDG_CONFIG_HOME: join(directory, '.config'),
    KUBECONFIG: kubeconfig,
    NO_COLOR: '1',
    // What is on this engine must not decide what is tried.
    K8S_LOCAL_WARM: process.env.K8S_LOCAL_WARM ?? 'never',
    ...(bundle === undefined ? {} : {K8S_LOCAL_BUNDLE: bundle}),
  }
  return {directory, kubeconfig, state: join(state, 'k8s-local'), cache: join(cache, 'k8s-local'), env}
}

export function removeHome(home: Home): void {
  rmSync(home.directory, {recursive: true, force: true})
}

/** The bundle that the clusters are made from: the caller's, or the lab's; undefined where neither is, and then registries have to answer. */
export const bundle: string | undefined = process.env.K8S_LOCAL_BUNDLE ?? labBundle()

function labBundle(): string | undefined {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const folder = join(process.env.K8S_LOCAL_LAB_CACHE ?? join(cache, 'k8s-local/lab'), 'bundle')
  return existsSync(join(folder, 'bundle.yaml')) ? folder : undefined
}

/** What tells docker where its engine is; the configuration is the real user's, because that is where contexts are kept. */
function engineEnvironment(): Readonly<Record<string, string>> {
  const names = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'TMPDIR', 'LANG'] as const
  const given = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]))
  return {
    ...Object.fromEntries(given),
    DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'),
  }
}
