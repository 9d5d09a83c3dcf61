import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface Certificates {
  readonly ca: Buffer
  readonly server: {readonly cert: Buffer; readonly key: Buffer}
  readonly client: {readonly cert: Buffer; readonly key: Buffer}
}

let made: Certificates | undefined

/** A certificate authority, a server at 127.0.0.1 and a client called `kubernetes-admin`; made once a process, gone with it. */
export function certificates(): Certificates {
  made ??= make()
  return made
}

function make(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-local-certificates-'))
  const openssl = (...words: readonly string[]): Buffer => execFileSync('openssl', words, {cwd: folder, stdio: 'pipe'})
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  try {
    openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=fake-ca')
    const sign = (name: string, subject: string, extensions: string): {readonly cert: Buffer; readonly key: Buffer} => {
      writeFileSync(join(folder, `${name}.ext`), extensions)
      openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.crt',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        `${name}.crt`,
        '-days',
        '2',
        '-extfile',
        `${name}.ext`,
      )
      return {cert: read(`${name}.crt`), key: read(`${name}.key`)}
    }
    const server = sign('server', '/CN=fake-api', 'subjectAltName=IP:127.0.0.1,DNS:kubernetes.default')
    const client = sign('client', '/O=system:masters/CN=kubernetes-admin', 'extendedKeyUsage=clientAuth')
    return {ca: read('ca.crt'), server, client}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
