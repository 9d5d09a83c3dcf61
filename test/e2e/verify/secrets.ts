import {kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import type {Stage} from '../support/stage.ts'

export interface ClusterSecret {
  readonly what: string
  readonly value: string
}

/** The value of an environment variable, of a pod of the tests. */
export const hiddenValue = 'shown-to-nobody-7f3a'

/**
 * Texts that nobody outside may see, from where they really lie: tokens and certificates of the kubeconfigs on nodes, keys and certificates of kubeadm, what
 * Secrets hold, tokens of service accounts inside pods.
 */
export async function secretsOf({cluster, nodes}: Stage, namespace: string): Promise<readonly ClusterSecret[]> {
  const perNode = await Promise.all(nodes.all.map((node) => secretsOnNode(node)))
  const held = await kubectl(cluster, ['get', 'secrets', '-A', '-o', 'json'])
  const {items} = JSON.parse(held) as {
    readonly items: readonly {
      readonly metadata: {readonly name: string}
      readonly data?: Readonly<Record<string, string>>
    }[]
  }
  const inSecrets = items.flatMap(({metadata: {name}, data = {}}) =>
    Object.entries(data).flatMap(([key, value]) => [
      {what: `Secret ${name}, ${key}`, value},
      {what: `Secret ${name}, ${key}, decoded`, value: Buffer.from(value, 'base64').toString('utf8').trim()},
    ]),
  )
  const mounted = '/var/run/secrets/kubernetes.io/serviceaccount/token'
  const token = await kubectl(cluster, ['exec', '-n', namespace, 'secretive', '--', 'cat', mounted])
  return [
    ...perNode.flat(),
    ...inSecrets,
    {what: 'the token in the pod', value: token},
    {what: 'the environment of the pod', value: hiddenValue},
  ].filter(({value}) => value.length >= 12)
}

async function secretsOnNode(node: string): Promise<readonly ClusterSecret[]> {
  const found = await ran([
    ...(['docker', 'exec', node, 'grep', '-rhoE', '(token|[a-z-]+-data): .+'] as const),
    '/etc/cni/net.d',
    '/etc/kubernetes',
  ])
  const inKubeconfigs = found.stdout.split('\n').flatMap((line) => {
    const [, key, value] = /(token|[a-z-]+-data): "?([^"\s]+)/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [{what: `${key} on ${node}`, value: value.slice(0, 200)}]
  })
  const pem = await docker('exec', node, 'find', '/etc/kubernetes/pki', '-type', 'f', '-exec', 'cat', '{}', '+').catch(
    () => '',
  )
  const lines = pem.split('\n').filter((line) => /^[\w+/=]{64}$/.test(line))
  return [...inKubeconfigs, ...lines.map((value) => ({what: `a line of a key or certificate on ${node}`, value}))]
}
