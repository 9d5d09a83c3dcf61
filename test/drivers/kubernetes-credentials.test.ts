import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {clock} from '../../src/drivers/clock.ts'
import {createKubernetesDriver} from '../../src/drivers/kubernetes/client.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {certificates} from '../support/fake-api/certificates.ts'
import {sendStatus} from '../support/fake-api/rest.ts'
import {type FakeApi, startFakeApi} from '../support/fake-api/server.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const folder = scratchFolder()
let fake: FakeApi
beforeAll(async () => {
  fake = await startFakeApi()
})
afterAll(() => fake.stop())
beforeEach(() => {
  fake.faults.length = 0
})

const connect = (file: string, context?: string) =>
  createKubernetesDriver(file, context, {processes: createProcessDriver(), clock})

/** What the API saw of us, with this user entry. */
async function seenWith(
  user: object,
): Promise<{readonly authorization?: string | undefined; readonly client?: string | undefined}> {
  const api = await connect(fake.writeKubeconfig({user}))
  await api.get('/api/v1/pods')
  const seen = fake.requests.at(-1)
  return {authorization: seen?.headers.authorization, client: seen?.client}
}

/** A credential plugin that answers with this status, and counts how often it was asked. */
function plugin(name: string, status: object): {readonly command: string; readonly asked: string} {
  const command = join(folder, name)
  const asked = `${command}.asked`
  const answer = JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status})
  const note = `echo "$KUBERNETES_EXEC_INFO $COLOR $*" >> "${asked}"`
  writeFileSync(command, `#!/bin/sh\n${note}\ncat <<'END'\n${answer}\nEND\n`)
  chmodSync(command, 0o755)
  return {command, asked}
}

const exec = (command: string, more: object = {}) => ({
  exec: {apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'IfAvailable', command, ...more},
})

describe('credentials', () => {
  test('a client certificate, as data or as files beside the kubeconfig', async () => {
    const {cert, key} = certificates().client
    writeFileSync(join(folder, 'client.crt'), cert)
    writeFileSync(join(folder, 'client.key'), key)

    expect(
      (await seenWith({'client-certificate': join(folder, 'client.crt'), 'client-key': join(folder, 'client.key')}))
        .client,
    ).toBe('kubernetes-admin')
    expect(
      (await seenWith({'client-certificate-data': cert.toString('base64'), 'client-key-data': key.toString('base64')}))
        .client,
    ).toBe('kubernetes-admin')
  })

  test('a token, and a token file that wins over it and is read anew each time', async () => {
    const file = join(folder, 'token')
    writeFileSync(file, 'from-file\n')
    expect((await seenWith({token: 'plain'})).authorization).toBe('Bearer plain')
    expect((await seenWith({token: 'plain', tokenFile: file})).authorization).toBe('Bearer from-file')

    const api = await connect(fake.writeKubeconfig({user: {tokenFile: file}}))
    writeFileSync(file, 'newer')
    await api.get('/api/v1/pods')
    expect(fake.requests.at(-1)?.headers.authorization).toBe('Bearer newer')
  })

  test('a plugin is asked once, gets its words and environment, and may ask for the cluster', async () => {
    const {readFile} = await import('node:fs/promises')
    const {command, asked} = plugin('once', {token: 'from-plugin'})
    const api = await connect(
      fake.writeKubeconfig({
        user: exec(command, {args: ['get', 'token'], env: [{name: 'COLOR', value: 'blue'}], provideClusterInfo: true}),
      }),
    )

    await api.get('/api/v1/pods')
    await api.get('/api/v1/pods')

    expect(fake.requests.at(-1)?.headers.authorization).toBe('Bearer from-plugin')
    const lines = (await readFile(asked, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('blue get token')
    expect(lines[0]).toContain(`"server":"${fake.url}"`)
  })

  test('a plugin’s certificate is used', async () => {
    const {cert, key} = certificates().client
    const {command} = plugin('certificate', {clientCertificateData: cert.toString(), clientKeyData: key.toString()})

    expect((await seenWith(exec(command))).client).toBe('kubernetes-admin')
  })

  test('a plugin is asked again when what it gave has expired, or is refused', async () => {
    const {readFile} = await import('node:fs/promises')
    const expired = plugin('expired', {token: 'old', expirationTimestamp: '2020-01-01T00:00:00Z'})
    const api = await connect(fake.writeKubeconfig({user: exec(expired.command)}))
    await api.get('/api/v1/pods')
    await api.get('/api/v1/pods')
    expect((await readFile(expired.asked, 'utf8')).trim().split('\n')).toHaveLength(2)

    const refused = plugin('refused', {token: 'revoked'})
    let refusals = 1
    fake.faults.push((_request, response) => {
      if (refusals === 0) return false
      refusals -= 1
      sendStatus(response, 401, 'Unauthorized')
      return true
    })
    await (await connect(fake.writeKubeconfig({user: exec(refused.command)}))).get('/api/v1/pods')
    expect((await readFile(refused.asked, 'utf8')).trim().split('\n')).toHaveLength(2)
  })

  test('none at all are refused by the API, and it says whose', async () => {
    const api = await connect(fake.writeKubeconfig({user: {}}))

    expect(await problemOf(api.get('/api/v1/pods'))).toMatchObject({
      name: 'api-forbidden',
      message: expect.stringContaining('fake-admin'),
    })
  })

  test.each([
    [
      'a plugin that is missing, with its own hint',
      exec('no-such-plugin', {installHint: 'Install it so.'}),
      'no-such-plugin',
      'Install it so.',
    ],
    ['a plugin that fails', exec('false'), 'exit code 1', ''],
    ['a plugin that answers nonsense', exec('pwd'), 'not JSON', ''],
    ['a plugin that needs a person', exec('true', {interactiveMode: 'Always'}), 'person', ''],
    [
      'a plugin of an old API',
      exec('true', {apiVersion: 'client.authentication.k8s.io/v1alpha1'}),
      'v1alpha1 is not supported',
      '',
    ],
    ['a token file that is missing', {tokenFile: '/no/such/token'}, 'tokenFile', ''],
    ['a certificate file that is missing', {'client-certificate': 'no-such.crt'}, 'client-certificate', ''],
  ])('%s cannot be used', async (_what, user, cause, suggestion) => {
    const api = await connect(fake.writeKubeconfig({user}))
    const problem = await problemOf(api.get('/api/v1/pods'))

    expect(problem.name).toBe('kubeconfig-unreadable')
    expect(problem.cause).toContain(cause)
    expect(problem.suggestions.join()).toContain(suggestion)
  })
})

describe('a kubeconfig', () => {
  const write = (config: unknown): string => {
    const file = join(folder, 'config')
    writeFileSync(file, typeof config === 'string' ? config : toYaml(config))
    return file
  }
  const whole = {
    clusters: [{name: 'c', cluster: {server: 'https://127.0.0.1:1'}}],
    users: [{name: 'u', user: {token: 'x'}}],
    contexts: [
      {name: 'a', context: {cluster: 'c', user: 'u'}},
      {name: 'broken', context: {cluster: 'gone', user: 'u'}},
    ],
  }

  test.each([
    ['is missing', '/no/such/file', undefined, 'ENOENT'],
    ['is no YAML', write('a: ['), undefined, 'line 1'],
    ['has no current context', undefined, undefined, 'no current context'],
    ['lacks the context, and which there are', undefined, 'b', 'there are: a, broken'],
    ['lacks the cluster of the context', undefined, 'broken', 'gone'],
  ])('that %s is named', async (_what, file, context, cause) => {
    const problem = await problemOf(
      connect(file === undefined ? write(whole) : file.endsWith('config') ? write('a: [') : file, context),
    )

    expect(problem.name).toBe('kubeconfig-unreadable')
    expect(problem.cause).toContain(cause)
  })

  test.each([
    [{user: {'auth-provider': {name: 'gcp'}}}, 'auth-provider'],
    [{user: {username: 'me', password: 'x'}}, 'username'],
    [{user: {token: 'x', as: 'admin'}}, 'as'],
    [{cluster: {server: 'https://x', 'proxy-url': 'socks5://x'}}, 'proxy-url'],
    [{cluster: {server: 'ftp://x'}}, 'server address'],
  ])('that asks for what we do not do is refused, never half obeyed: %j', async (change, cause) => {
    const problem = await problemOf(connect(fake.writeKubeconfig(change)))

    expect(problem.name).toBe('kubeconfig-unreadable')
    expect(problem.cause).toContain(cause)
    expect(problem.cause).not.toContain('password')
  })
})
