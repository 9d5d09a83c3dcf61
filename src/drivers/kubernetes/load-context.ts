import {readFile} from 'node:fs/promises'
import {dirname, resolve} from 'node:path'
import {Problem} from '../../problem.ts'
import {itemNamed, parseKubeconfig} from '../kubeconfig/entries.ts'
import {isRecord, text} from '../untyped.ts'

/** One context of a kubeconfig: where the API is and how to trust it, and what the user's entry says. */
export interface ApiTarget {
  readonly context: string
  readonly kubeconfig: string
  readonly server: URL
  readonly tls: {readonly ca?: Buffer; readonly servername?: string; readonly rejectUnauthorized?: boolean}
  readonly userName: string
  readonly user: Readonly<Record<string, unknown>>
  /** The cluster's entry, for credential plugins that ask for it. */
  readonly cluster: Readonly<Record<string, unknown>>
  /** Bytes of a `*-data` key, or of the file that the key without `-data` names; relative names start at the kubeconfig's folder. */
  bytes(entry: Readonly<Record<string, unknown>>, key: string): Promise<Buffer | undefined>
}

/** Reads a context, or the current one. Throws kubeconfig-unreadable, naming what is missing or not supported. */
export async function loadContext(file: string, wanted: string | undefined): Promise<ApiTarget> {
  const config = parseKubeconfig(await readConfig(file), file)
  const context = wanted ?? config['current-context']
  if (typeof context !== 'string' || context === '')
    throw unreadable(file, 'it has no current context', contextHint(file))
  const entry = inner(config, 'contexts', context, 'context')
  if (!entry)
    throw unreadable(
      file,
      `it has no context named ${context}; there are: ${namesOf(config['contexts'])}`,
      contextHint(file),
    )
  const clusterName = String(entry['cluster'])
  const userName = String(entry['user'])
  const cluster = inner(config, 'clusters', clusterName, 'cluster')
  if (!cluster) throw unreadable(file, `context ${context} names the cluster ${clusterName}, which is not there`)
  const user = inner(config, 'users', userName, 'user') ?? {}
  refuseUnsupported(file, `cluster ${clusterName}`, cluster, ['proxy-url'])
  refuseUnsupported(file, `user ${userName}`, user, [
    'auth-provider',
    'username',
    'as',
    'as-uid',
    'as-groups',
    'as-user-extra',
  ])
  const bytes = createBytes(file)
  const tls = await readTls(cluster, bytes)
  return {context, kubeconfig: file, server: serverOf(file, clusterName, cluster), tls, userName, user, cluster, bytes}
}

/** A kubeconfig-unreadable with the usual advice. */
export function unreadable(
  file: string,
  cause: string,
  suggestion = `Check it with: kubectl config view --kubeconfig ${file}`,
): Problem {
  return new Problem('kubeconfig-unreadable', {
    message: `The kubeconfig ${file} cannot be used`,
    cause,
    suggestions: [suggestion],
  })
}

async function readConfig(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw unreadable(
      file,
      error instanceof Error ? error.message : String(error),
      'Name another file: --kubeconfig FILE, or KUBECONFIG',
    )
  }
}

async function readTls(
  cluster: Readonly<Record<string, unknown>>,
  bytes: ApiTarget['bytes'],
): Promise<ApiTarget['tls']> {
  const ca = await bytes(cluster, 'certificate-authority')
  const name = cluster['tls-server-name']
  return {
    ...(ca ? {ca} : {}),
    ...(typeof name === 'string' && name !== '' ? {servername: name} : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? {rejectUnauthorized: false} : {}),
  }
}

function createBytes(file: string): ApiTarget['bytes'] {
  return async (entry, key) => {
    const data = entry[`${key}-data`]
    if (typeof data === 'string' && data !== '') return Buffer.from(data, 'base64')
    const named = entry[key]
    if (typeof named !== 'string' || named === '') return undefined
    const path = resolve(dirname(file), named)
    return await readFile(path).catch((error: unknown) => {
      throw unreadable(file, `${key}: ${error instanceof Error ? error.message : path}`)
    })
  }
}

function serverOf(file: string, name: string, cluster: Readonly<Record<string, unknown>>): URL {
  const server = text(cluster['server'])
  if (/^https?:/.test(server) && URL.canParse(server)) return new URL(server)
  throw unreadable(file, `cluster ${name} has no usable server address: ${JSON.stringify(server)}`)
}

function refuseUnsupported(
  file: string,
  where: string,
  entry: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): void {
  const found = keys.find((key) => entry[key] !== undefined && entry[key] !== '')
  if (found === undefined) return
  throw unreadable(
    file,
    `${where} uses ${found}, which k8s-local does not support; it does support client certificates, token, tokenFile and exec`,
    'Use a context with other credentials: --context NAME, or --kubeconfig FILE',
  )
}

function inner(
  config: Readonly<Record<string, unknown>>,
  list: string,
  name: string,
  key: string,
): Readonly<Record<string, unknown>> | undefined {
  const item = itemNamed(config[list], name)
  const content = isRecord(item) ? item[key] : undefined
  return isRecord(content) ? content : undefined
}

function namesOf(list: unknown): string {
  const names = Array.isArray(list) ? list.flatMap((item) => (isRecord(item) ? [String(item['name'])] : [])) : []
  return names.length === 0 ? 'none' : names.join(', ')
}

function contextHint(file: string): string {
  return `See the contexts: kubectl config get-contexts --kubeconfig ${file}`
}
