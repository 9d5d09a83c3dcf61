import {describe, expect, test} from 'vitest'
import {attachCauses, explainAttachFailure} from '../../src/checks/attach-causes.ts'
import {readEvidence} from './recorded.ts'

/** What each of the failures recorded on real clusters must be explained as, for thin and for thick Multus alike. */
const causes: Readonly<Record<string, string>> = {
  annempty: 'the annotation names a network without a name, after a comma that is too many',
  annjson:
    'the annotation is not the JSON that Multus reads: json: cannot unmarshal string into Go struct field NetworkSelectionElement.ips of type []string',
  dhcp: 'the network asks for DHCP, and no DHCP daemon runs on the node',
  dupif: 'two interfaces of the pod would be called eth0',
  hostdevice: 'the device to move into the pod is not on the node, or another pod holds it',
  'ip-othersubnet': "the requested address 10.9.9.9 is outside the network's range",
  'ip-outside': "the requested address 172.30.1.250 is outside the network's range",
  ipam: 'the plugin nosuchipam is not on the node',
  ipvlan: 'the kernel of this machine has no ipvlan',
  json: "the network's configuration is not JSON: invalid character '}' looking for beginning of object key string",
  master: 'the master interface does not exist on the node',
  mtu: 'MTU 9000 is larger than that of the master, 1500',
  nadmissing: 'there is no network nosuchnad in namespace default',
  'nadmissing-ns': 'there is no network nosuchnad in namespace otherns',
  'noname-empty': 'the network has no spec.config, and /etc/cni/multus/net.d on the node has no file for it',
  plugin: 'the plugin nosuchplugin is not on the node',
  pool2: 'every address of 172.30.1.220-172.30.1.220 is taken',
  'static-noip': 'the network has static addresses, and the pod asks for none',
  'static-nomask': 'the requested address 172.30.1.216 has no prefix length',
  vlan: 'the kernel of this machine has no vlan',
}

describe.each(['thin', 'thick'])('a failure under %s Multus', (mode) => {
  const messages = readEvidence(`attach-causes/${mode}.json`) as Readonly<Record<string, string>>

  test.each(Object.entries(causes))('%s is explained', (failure, cause) => {
    expect(explainAttachFailure(messages[failure] ?? '')?.cause).toBe(cause)
  })

  test.each(Object.entries(causes))('%s is explained whatever the pod is called', (failure, cause) => {
    const message = messages[failure] ?? ''
    const name = /\[default\/([^\]/]+)/.exec(message)?.[1] ?? ''
    expect(name).not.toBe('')

    expect(explainAttachFailure(message.replaceAll(name, 'refused-timed-out'))?.cause).toBe(cause)
  })

  test('that was recorded is explained, whatever it is', () => {
    const unexplained = Object.entries(messages).filter(([, message]) => explainAttachFailure(message) === undefined)

    expect(unexplained.map(([failure]) => failure)).toEqual([])
  })
})

describe('explainAttachFailure', () => {
  test.each([
    [
      'a Multus that was removed',
      'error waiting for pod: pods "plain2" is forbidden: User "system:serviceaccount:kube-system:multus" cannot get resource "pods"',
      'Multus was removed or replaced, and its configuration stayed on the node',
    ],
    [
      'a thick daemon that is away',
      'CmdAdd (shim): failed to send CNI request: Post "http://dummy/cni": dial unix /run/multus/multus.sock: connect: connection refused',
      'The Multus daemon of the node does not answer',
    ],
    [
      'a thick daemon that ends while it is asked',
      'CmdAdd (shim): failed to send CNI request: Post "http://dummy/cni": EOF: StdinData: {"type":"multus-shim"}',
      'The Multus daemon of the node does not answer',
    ],
    [
      'whereabouts without addresses',
      'error at storage engine: Could not allocate IP in range: ip: 172.30.1.241 / - 172.30.1.242 / range: 172.30.1.240/30',
      'whereabouts has no free address between 172.30.1.241 and 172.30.1.242',
    ],
    [
      'a busy master',
      'failed to create macvlan: device or resource busy',
      'the master cannot carry one more macvlan (device or resource busy): ipvlan, a bridge or a passthru macvlan holds it',
    ],
  ])('explains %s', (_, message, cause) => {
    expect(explainAttachFailure(message)?.cause.toLowerCase()).toBe(cause.toLowerCase())
  })

  test('every explanation says what to do', () => {
    const messages = Object.values(readEvidence('attach-causes/thin.json') as Readonly<Record<string, string>>)

    expect(messages.every((message) => (explainAttachFailure(message)?.fix.length ?? 0) > 10)).toBe(true)
  })

  test.each(attachCauses.map((row) => [row.code, row.says] as const))('%s is what explains: %s', (code, says) => {
    const explained = explainAttachFailure(says)

    expect(explained?.code).toBe(code)
    expect(`${explained?.cause} ${explained?.fix}`).not.toContain('undefined')
  })

  test('no code is given twice', () => {
    const codes = attachCauses.map(({code}) => code)

    expect(codes.filter((code, index) => codes.indexOf(code) !== index || !/^KL-60\d\d$/.test(code))).toEqual([])
  })

  test.each([
    [
      'a network that cannot be read for a void token, which is not missing',
      'cannot find a network-attachment-definition (data) in namespace (default): Unauthorized',
      'KL-6022',
    ],
    [
      'a token of Calico, which is not that of Multus',
      'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
      'KL-6021',
    ],
    [
      'a bridge without IPv6, which is no program',
      'could not add IP address fd00::1/64 to "b": permission denied',
      'KL-6073',
    ],
  ])('tells %s', (_, message, code) => {
    expect(explainAttachFailure(message)?.code).toBe(code)
  })

  test('says nothing of a text that it does not know', () => {
    expect(explainAttachFailure('Failed to pull image "example.test/x": not found')).toBeUndefined()
  })
})
