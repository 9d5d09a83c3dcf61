import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {createLineRedactor, redact} from '../../src/redact.ts'

describe('what is shown of a text with secrets', () => {
  test.each([
    ['    client-key-data: LS0tLS1CRUdJTiBSU0E=', '    client-key-data: [hidden]'],
    ['- token: abcdef.0123456789abcdef', '- token: [hidden]'],
    ['{"token":"s3cr3t","user":"me"}', '{"token":"[hidden]","user":"me"}'],
    ['{\\"password\\": \\"s3cr3t\\"}', '{\\"password\\": \\"[hidden]\\"}'],
    ['kubeadm join x:6443 --token abcdef.0123456789abcdef --v=6', 'kubeadm join x:6443 --token [hidden] --v=6'],
    ['helm login --password=hunter2 host', 'helm login --password=[hidden] host'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [hidden]'],
    ['proxy http://me:pw@proxy:3128/ refused', 'proxy http://me:[hidden]@proxy:3128/ refused'],
    ['id-token=eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln', 'id-token=[hidden]'],
    ['before\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nafter', 'before\n[hidden]\nafter'],
  ])('%s', (text, shown) => {
    expect(redact(text)).toBe(shown)
  })

  test.each([
    'tokenFile: /var/run/token',
    'invalid character in token stream',
    'certificate-authority-data: LS0tLS1CRUdJTiBDRVJU',
    'sha256:aee6151561422756b764a4ae28e7f44cda5af5a9eead3cc9985112b1de8d8e0d',
    'https://github.com/kubernetes-sigs/kind/releases/download/v0.33.0/kind-linux-amd64',
    'node lab-worker is Ready at 10.244.0.1:6443',
  ])('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('hiding twice is hiding once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('token: ', 'password=', 'Bearer ', '--token '),
        fc.stringMatching(/^[\w.-]{1,40}$/),
        (key, secret) => {
          const once = redact(`a ${key}${secret} b`)
          expect(redact(once)).toBe(once)
        },
      ),
    )
  })

  test('a private key that comes line by line is hidden whole, and nothing after it', () => {
    const redactLine = createLineRedactor()
    const lines = ['x', '-----BEGIN EC PRIVATE KEY-----', 'MHcC', '-----END EC PRIVATE KEY-----', 'y']

    expect(lines.map(redactLine)).toEqual(['x', '[hidden]', '[hidden]', '[hidden]', 'y'])
  })
})
