import {isDeepStrictEqual} from 'node:util'
import {join} from 'node:path'
import {Problem} from '../problem.ts'
import type {Finished, HelmDriver, ProcessDriver} from './ports.ts'

type Upgrade = Parameters<HelmDriver['upgrade']>[0]
type Helm = (words: readonly string[], options?: {readonly stdin?: string}) => Promise<Finished>

/** `cache` is a folder that helm may use as its home: the user's own repositories, plugins and settings play no part. */
export function createHelmDriver(processes: ProcessDriver, cache: string): HelmDriver {
  const env = environmentIn(join(cache, 'helm'))
  return {
    upgrade: async (options) => {
      const helm: Helm = (words, more) =>
        runHelm(processes, options, [...words, '--kubeconfig', options.kubeconfig], {...more, env})
      const release = await findRelease(helm, options)
      if (release?.status === 'deployed' && (await isAsAsked(helm, options, release))) return true
      if (release?.status.startsWith('pending')) await clearPending(helm, options, release)
      const {release: name, chart, namespace, valuesYaml} = options
      await helm(
        [
          'upgrade',
          '--install',
          name,
          chart,
          '--namespace',
          namespace,
          '--create-namespace',
          '--disable-openapi-validation',
          '--values',
          '-',
        ],
        {stdin: valuesYaml},
      )
      return false
    },
  }
}

interface Release {
  readonly name: string
  /** `cilium-1.15.19`. */
  readonly chart: string
  readonly status: string
  readonly revision: string
}

/** By its own listing, whatever its state. */
async function findRelease(helm: Helm, {release, namespace}: Upgrade): Promise<Release | undefined> {
  const states = ['--deployed', '--failed', '--pending']
  const {stdout} = await helm([
    'list',
    '--namespace',
    namespace,
    ...states,
    '--filter',
    `^${release}$`,
    '--output',
    'json',
  ])
  return (JSON.parse(stdout || '[]') as readonly Release[]).find(({name}) => name === release)
}

/** The deployed chart and its values are those that are asked for. */
async function isAsAsked(
  helm: Helm,
  {release, namespace, chart, valuesYaml}: Upgrade,
  deployed: Release,
): Promise<boolean> {
  const {parseYaml} = await import('../yaml.ts')
  const valueOf = (text: string): unknown => {
    const parsed = parseYaml(text)
    return 'value' in parsed ? parsed.value : undefined
  }
  const shown = valueOf((await helm(['show', 'chart', chart])).stdout) as
    | {readonly name?: string; readonly version?: string}
    | null
    | undefined
  if (`${shown?.name}-${shown?.version}` !== deployed.chart) return false
  const values = JSON.parse(
    (await helm(['get', 'values', release, '--namespace', namespace, '--output', 'json'])).stdout,
  ) as unknown
  return isDeepStrictEqual(values ?? {}, valueOf(valuesYaml) ?? {})
}

/** A helm that was killed leaves its release pending, and every later one refuses to work on it (helm #8987). */
async function clearPending(helm: Helm, {release, namespace}: Upgrade, {status}: Release): Promise<void> {
  const words = status === 'pending-install' ? ['uninstall', release] : ['rollback', release]
  await helm([...words, '--namespace', namespace, '--no-hooks'])
}

async function runHelm(
  processes: ProcessDriver,
  {program, release, signal}: Upgrade,
  words: readonly string[],
  options: {readonly stdin?: string; readonly env: Readonly<Record<string, string>>},
): Promise<Finished> {
  try {
    return await processes.must([program, ...words], {...options, signal, timeoutSeconds: 300})
  } catch (error) {
    if (!(error instanceof Problem) || error.data.name !== 'program-failed') throw error
    throw new Problem('program-failed', {
      message: `helm could not install ${release}: ${error.data.message}`,
      ...(error.data.cause === undefined ? {} : {cause: error.data.cause}),
      suggestions: [
        'Look at the release: helm list --all --all-namespaces',
        'Run the same command again: it goes on where this one ended',
      ],
    })
  }
}

/** An empty variable counts as not set for helm (helm v3 pkg/cli/environment.go), so the user's are out of the way. */
function environmentIn(home: string): Readonly<Record<string, string>> {
  const unset = [
    'HELM_NAMESPACE',
    'HELM_KUBECONTEXT',
    'HELM_KUBETOKEN',
    'HELM_KUBEAPISERVER',
    'HELM_KUBECAFILE',
    'HELM_KUBEASUSER',
    'HELM_DRIVER',
    'HELM_DEBUG',
  ]
  return {
    // helm asks the API with kubectl's code, which keeps its answers below ~/.kube (client-go, KUBECACHEDIR)
    KUBECACHEDIR: join(home, 'kube'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    HELM_PLUGINS: join(home, 'data', 'plugins'),
    HELM_REPOSITORY_CACHE: join(home, 'cache', 'repository'),
    HELM_REPOSITORY_CONFIG: join(home, 'config', 'repositories.yaml'),
    HELM_REGISTRY_CONFIG: join(home, 'config', 'registry', 'config.json'),
    ...Object.fromEntries(unset.map((name) => [name, ''])),
  }
}
