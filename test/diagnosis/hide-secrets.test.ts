import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {hideSecrets} from '../../src/diagnosis/hide-secrets.ts'
import {scrubObject} from '../../src/diagnosis/scrub-object.ts'
import type {Json} from '../../src/steps/object.ts'

/** Long enough not to be part of the text around it by chance. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/)

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Places in which a secret is found on nodes and in logs. */
const places: Readonly<Record<string, (secret: string) => string>> = {
  'the token of a kubeconfig': (one) => `users:\n- name: multus\n  user:\n    token: ${one}\ncontexts: []\n`,
  'a passphrase of several words': (one) => `auth:\n  password: correct ${one} staple\n`,
  'a certificate of a kubeconfig': (one) =>
    `    certificate-authority-data: ${one}=\n    server: https://10.96.0.1:443\n`,
  'the certificate of a client': (one) => `{"client-certificate-data":"${one}","client-key-data":"${one}"}`,
  'a certificate': (one) => `-----BEGIN CERTIFICATE-----\nMII${one}\n${one}==\n-----END CERTIFICATE-----\n`,
  'a certificate inside JSON': (one) =>
    `{"ca":"-----BEGIN CERTIFICATE-----\\nMII${one}\\n-----END CERTIFICATE-----\\n"}`,
  'a certificate whose end is cut off': (one) => `-----BEGIN CERTIFICATE-----\nMII${one}`,
  'a certificate in base64': (one) => `ca=${base64(`-----BEGIN CERTIFICATE-----\n${one}`)} done`,
  'a variable of a process': (one) => `starting with DB_PASSWORD=${one} HOME=/home/u`,
  'a login of a registry': (one) => `{"auths":{"r.example":{"auth":"${base64(one)}"}}}`,
  'a bearer token in a log': (one) => `Authorization: Bearer ${one}`,
  'what somebody applied, among the annotations that a plugin keeps': (one) =>
    `{"a":"b","kubectl.kubernetes.io/last-applied-configuration":"{\\"spec\\":{\\"value\\":\\"${one}\\"}}\\n","kept":"yes"}`,
}

describe('a text that somebody may send on', () => {
  test.each(Object.entries(places))('does not hold %s', (_, place) => {
    fc.assert(
      fc.property(secret, (one) => {
        const shown = hideSecrets(`before\n${place(one)}\nafter`)

        expect(shown).not.toContain(one)
        expect(shown).not.toContain(base64(one).slice(0, 12))
        expect(shown).toContain('[hidden]')
        expect(shown.startsWith('before\n')).toBe(true)
      }),
    )
  })

  test('is not changed by hiding twice', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...Object.values(places)), (one, place) => {
        const once = hideSecrets(place(one))

        expect(hideSecrets(once)).toBe(once)
      }),
    )
  })

  test('keeps what is beside a secret', () => {
    expect(hideSecrets(places['the token of a kubeconfig']?.('abcdefghijkl') ?? '')).toBe(
      'users:\n- name: multus\n  user:\n    token: [hidden]\ncontexts: []\n',
    )
    expect(hideSecrets('{"last-applied-configuration":"{\\"a\\":1}","kept":"yes"}')).toBe(
      '{"last-applied-configuration":"[hidden]","kept":"yes"}',
    )
  })

  test.each([
    'default via 172.18.0.1 dev eth0',
    '3: eth1@if12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
    'cni.projectcalico.org/containerID: 9bc6c54a9fe37cbd3c1f9b0646974372d8b7bc9ca3b695e42c8d9ad79e6bacd0',
    'kubeconfig: /etc/cni/net.d/multus.d/multus.kubeconfig',
    'E1128 00:01:00 kubelet: "CreatePodSandbox" failed: plugin type="multus" failed (add): Link not found',
    'bootstrap-token-auth: true',
  ])('keeps what helps: %s', (line) => {
    expect(hideSecrets(line)).toBe(line)
  })
})

describe('an object of the API', () => {
  const withEnvironment = (one: string): Json => ({
    kind: 'Pod',
    metadata: {
      name: 'p',
      managedFields: [{manager: one}],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': `{"env":[{"name":"A","value":"${one}"}]}`,
        'k8s.v1.cni.cncf.io/networks': 'data',
        token: one,
        nested: `{\\"kubectl.kubernetes.io/last-applied-configuration\\":\\"${one}\\"}`,
      },
    },
    spec: {
      initContainers: [{env: [{name: 'B', value: one}]}],
      containers: [{env: [{name: 'A', value: one}], args: [`--password=${one}`]}],
    },
  })

  test('keeps no value of an environment, and no second copy of itself', () => {
    fc.assert(
      fc.property(secret, (one) => {
        expect(JSON.stringify(scrubObject(withEnvironment(one)))).not.toContain(one)
      }),
    )
  })

  test('keeps the rest, and says where values come from', () => {
    const env = [{name: 'A', valueFrom: {secretKeyRef: {name: 'db', key: 'password'}}}]

    expect(scrubObject({spec: {containers: [{name: 'one', env}]}, status: {ready: true, restarts: 3}})).toEqual({
      spec: {containers: [{name: 'one', env}]},
      status: {ready: true, restarts: 3},
    })
    expect(scrubObject(withEnvironment('abcdefghijkl'))).toHaveProperty(
      ['metadata', 'annotations', 'k8s.v1.cni.cncf.io/networks'],
      'data',
    )
  })

  test('that is a Secret after all says nothing', () => {
    expect(scrubObject({kind: 'Secret', data: {a: 'Yg=='}, stringData: {c: 'd'}})).toEqual({
      kind: 'Secret',
      data: '[hidden]',
      stringData: '[hidden]',
    })
  })

  test('is not changed by hiding twice, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const scrubbed = scrubObject(value as Json)

        expect(JSON.stringify(scrubObject(scrubbed))).toBe(JSON.stringify(scrubbed))
      }),
    )
  })
})
