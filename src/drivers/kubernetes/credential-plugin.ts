import {dirname, isAbsolute, resolve} from 'node:path'
import {Problem} from '../../problem.ts'
import {isRecord, records, text} from '../untyped.ts'
import type {ProcessDriver} from '../ports.ts'
import type {Identity} from './credentials.ts'
import {type ApiTarget, unreadable} from './load-context.ts'

const apiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']

type Exec = Readonly<Record<string, unknown>>

/**
 * Asks a credential plugin (client-go credential plugins, `users[].user.exec`) who we are; `expires` is milliseconds since 1970.
 * Throws kubeconfig-unreadable when it is missing, fails, or wants to talk to a person.
 */
export async function runCredentialPlugin(
  target: ApiTarget,
  exec: Exec,
  processes: ProcessDriver,
): Promise<{readonly identity: Identity; readonly expires?: number}> {
  const version = String(exec['apiVersion'])
  if (!apiVersions.includes(version)) throw failed(target, exec, `apiVersion ${version} is not supported`)
  if (exec['interactiveMode'] === 'Always')
    throw failed(target, exec, 'it can only run with a person at the terminal (interactiveMode: Always)')
  const finished = await processes
    .run(argvOf(target, exec), {env: environmentOf(target, exec, version), timeoutSeconds: 60})
    .catch((error: unknown) => {
      throw error instanceof Problem ? failed(target, exec, error.data.message) : error
    })
  if (finished.exitCode !== 0)
    throw failed(target, exec, `it ended with exit code ${finished.exitCode}: ${finished.stderr.trim().slice(-400)}`)
  return readAnswer(target, exec, finished.stdout)
}

function argvOf({kubeconfig}: ApiTarget, exec: Exec): readonly string[] {
  const command = text(exec['command'])
  // As client-go does: a path is relative to the kubeconfig's folder, a bare name is looked for on PATH.
  const program = command.includes('/') && !isAbsolute(command) ? resolve(dirname(kubeconfig), command) : command
  return [program, ...(Array.isArray(exec['args']) ? exec['args'].map(String) : [])]
}

function environmentOf({cluster}: ApiTarget, exec: Exec, apiVersion: string): Readonly<Record<string, string>> {
  const asked = records(exec['env'])
  const info = {
    server: cluster['server'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'tls-server-name': cluster['tls-server-name'],
  }
  const spec = {interactive: false, ...(exec['provideClusterInfo'] === true ? {cluster: info} : {})}
  return {
    ...Object.fromEntries(asked.map(({name, value}) => [String(name), String(value)])),
    KUBERNETES_EXEC_INFO: JSON.stringify({apiVersion, kind: 'ExecCredential', spec}),
  }
}

function readAnswer(
  target: ApiTarget,
  exec: Exec,
  answer: string,
): {readonly identity: Identity; readonly expires?: number} {
  let status: unknown
  try {
    status = (JSON.parse(answer) as {readonly status?: unknown}).status
  } catch {
    throw failed(target, exec, 'its answer is not JSON')
  }
  if (!isRecord(status)) throw failed(target, exec, 'its answer has no status')
  const {token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp} = status
  const expires = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : Number.NaN
  return {
    identity: {
      ...(typeof token === 'string' ? {token} : {}),
      ...(typeof cert === 'string' ? {cert: Buffer.from(cert)} : {}),
      ...(typeof key === 'string' ? {key: Buffer.from(key)} : {}),
    },
    ...(Number.isNaN(expires) ? {} : {expires}),
  }
}

function failed({kubeconfig, userName}: ApiTarget, exec: Exec, why: string): Problem {
  const hint = typeof exec['installHint'] === 'string' && exec['installHint'] !== '' ? exec['installHint'] : undefined
  return unreadable(
    kubeconfig,
    `the credential plugin ${String(exec['command'])} of user ${userName} did not help: ${why}`,
    hint,
  )
}
