import type {TargetFacts} from '../../plan/facts.ts'
import {targetLooks} from '../../plan/rights/observation.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {TargetLooker} from './target-looker.ts'

/** Multus' own default; a list replaces it (multus v4.3.0 pkg/types/conf.go). */
const sharedByDefault = 'default'

/** Whether Multus keeps pods from networks of other namespaces: thin is told by flags, thick by a ConfigMap. Undefined where it does not. */
export async function observeIsolation({kubernetes, signal}: TargetLooker): Promise<TargetFacts['isolation']> {
  const [daemonSet, config] = await Promise.all([
    kubernetes.read(targetLooks.multusDaemonSet, signal),
    kubernetes.read(targetLooks.multusConfig, signal),
  ])
  const said = fromFlags(daemonSet) ?? fromConfig(config)
  return said === undefined ? undefined : {shared: said.split(',').map((name) => name.trim())}
}

function fromFlags(daemonSet: KubernetesObject | undefined): string | undefined {
  const {template} = (daemonSet?.['spec'] ?? {}) as {
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly {readonly command?: readonly string[]; readonly args?: readonly string[]}[]
      }
    }
  }
  const words = (template?.spec?.containers ?? []).flatMap(({command = [], args = []}) => [...command, ...args])
  if (!words.some((word) => /^--namespace-isolation(=true)?$/.test(word))) return undefined
  return words.find((word) => word.startsWith('--global-namespaces='))?.split('=')[1] ?? sharedByDefault
}

function fromConfig(config: KubernetesObject | undefined): string | undefined {
  const {'daemon-config.json': text = '{}'} = (config?.['data'] ?? {}) as {readonly 'daemon-config.json'?: string}
  try {
    const {namespaceIsolation, globalNamespaces = sharedByDefault} = JSON.parse(text) as {
      readonly namespaceIsolation?: boolean
      readonly globalNamespaces?: string
    }
    return namespaceIsolation === true ? globalNamespaces : undefined
  } catch {
    return undefined
  }
}
