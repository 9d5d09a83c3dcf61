import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {kubectl} from './cluster.ts'
import {docker, dockerLines} from './engine.ts'
import type {Home} from './home.ts'

export interface Credentials {
  readonly cluster: string
  /** A bearer token. */
  readonly token: string
  /** Another server than the cluster's. */
  readonly server?: string
}

/** The name of the context in every file that `writeKubeconfig` writes. */
export const context = 'e2e-limited'

/** A kubeconfig for somebody with a token, beside that of the home. Returns its path. */
export async function writeKubeconfig(
  home: Home,
  name: string,
  {cluster, token, server}: Credentials,
): Promise<string> {
  const file = join(home.directory, `kubeconfig-${name}`)
  const authority = await docker('exec', `${cluster}-control-plane`, 'cat', '/etc/kubernetes/pki/ca.crt')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      {
        name: context,
        cluster: {
          server: server ?? (await serverOf(cluster)),
          'certificate-authority-data': Buffer.from(`${authority}\n`).toString('base64'),
        },
      },
    ],
    users: [{name: context, user: {token}}],
    contexts: [{name: context, context: {cluster: context, user: context}}],
  }
  writeFileSync(file, JSON.stringify(config), {mode: 0o600})
  return file
}

/** A token of a service account, for ten minutes. */
export function tokenOf(
  cluster: string,
  account: {readonly namespace: string; readonly name: string},
): Promise<string> {
  const {namespace, name} = account
  return kubectl(cluster, ['create', 'token', name, '--namespace', namespace, '--duration', '10m'])
}

async function serverOf(cluster: string): Promise<string> {
  const [address] = await dockerLines('port', `${cluster}-control-plane`, '6443/tcp')
  return `https://${address}`
}
