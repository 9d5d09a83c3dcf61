import type {KubernetesObject} from '../../steps/object.ts'
import {type Container, fitDaemonSet} from './fit-daemon-set.ts'
import type {MultusContext, MultusOption} from './multus-option.ts'

export const thick = {
  title: 'Thick',
  summary:
    "what Multus' own guide recommends for most clusters: a daemon on every node, metrics, quicker when many pods start; needs up to 1 GiB per node",
  image: 'multus-thick',
  manifest: 'multus/thick.yaml',
  fit: (objects, context) =>
    fitDaemonSet(objects, context, {
      main: (container) => withEnvironment(container, context),
      // The daemon reads its configuration once: another primary CNI must start it anew.
      podAnnotations: {'k8s-local.dev/primary-cni': context.confFile},
    }).map((object) => (object.kind === 'ConfigMap' ? withPrimary(object, context) : object)),
} as const satisfies MultusOption

function withEnvironment(container: Container, {environment}: MultusContext): Container {
  const own = Object.entries(environment).map(([name, value]) => ({name, value}))
  return own.length === 0 ? container : {...container, env: [...(container.env ?? []), ...own]}
}

/** The primary CNI's file is named twice in the daemon's configuration: as the delegate, and as what its start waits for. */
function withPrimary(configMap: KubernetesObject, {confFile}: MultusContext): KubernetesObject {
  const data = configMap['data'] as Readonly<Record<string, string>>
  const config = JSON.parse(data[configKey] ?? '{}') as Readonly<Record<string, unknown>>
  const fitted = {...config, multusMasterCNI: confFile, readinessindicatorfile: `/host/etc/cni/net.d/${confFile}`}
  return {...configMap, data: {...data, [configKey]: `${JSON.stringify(fitted, null, 2)}\n`}}
}

const configKey = 'daemon-config.json'
