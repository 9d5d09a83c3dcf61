import {readFile} from 'node:fs/promises'
import {dirname, resolve} from 'node:path'
import {isRecord} from '../untyped.ts'
import type {ProcessDriver} from '../ports.ts'
import {runCredentialPlugin} from './credential-plugin.ts'
import {type ApiTarget, unreadable} from './load-context.ts'

/** Who we are, for one request. */
export interface Identity {
  readonly cert?: Buffer
  readonly key?: Buffer
  readonly token?: string
}

/** The user's credentials; `refresh` forgets what a plugin gave, after the API refused it. False when there is nothing to refresh. */
export interface Credentials {
  current(): Promise<Identity>
  refresh(): boolean
}

/** Throws kubeconfig-unreadable when a file is missing or a plugin fails. */
export function createCredentials(target: ApiTarget, processes: ProcessDriver): Credentials {
  const {user} = target
  if (isRecord(user['exec'])) return pluginCredentials(target, user['exec'], processes)
  let certificate: Promise<Identity> | undefined
  return {
    current: async () => {
      certificate ??= readCertificate(target)
      const token = await readToken(target)
      return {...(await certificate), ...(token === undefined ? {} : {token})}
    },
    refresh: () => false,
  }
}

async function readCertificate({user, bytes}: ApiTarget): Promise<Identity> {
  const [cert, key] = await Promise.all([bytes(user, 'client-certificate'), bytes(user, 'client-key')])
  return {...(cert ? {cert} : {}), ...(key ? {key} : {})}
}

/** A token file is read for every request: what writes it changes it while we run. It wins over a token, as in client-go. */
async function readToken({user, kubeconfig}: ApiTarget): Promise<string | undefined> {
  const {tokenFile, token} = user
  if (typeof tokenFile === 'string' && tokenFile !== '') {
    const text = await readFile(resolve(dirname(kubeconfig), tokenFile), 'utf8').catch((error: unknown) => {
      throw unreadable(kubeconfig, `tokenFile: ${error instanceof Error ? error.message : tokenFile}`)
    })
    return text.trim()
  }
  return typeof token === 'string' && token !== '' ? token : undefined
}

function pluginCredentials(
  target: ApiTarget,
  exec: Readonly<Record<string, unknown>>,
  processes: ProcessDriver,
): Credentials {
  let held: ReturnType<typeof runCredentialPlugin> | undefined
  return {
    current: async () => {
      const expires = (await held)?.expires
      if (expires !== undefined && expires < Date.now() + 10_000) held = undefined
      held ??= runCredentialPlugin(target, exec, processes)
      try {
        return (await held).identity
      } catch (error) {
        held = undefined
        throw error
      }
    },
    refresh: () => {
      held = undefined
      return true
    },
  }
}
