import {describe, expect, test} from 'vitest'
import {primaryChain} from '../../src/checks/attach/primary-chain.ts'
import {sceneOfTarget} from '../../src/plan/scene.ts'
import type {Seen} from '../../src/steps/check-request.ts'
import {givenTarget} from '../plan/given-target.ts'
import {judge, json, text, textOf, unseen, valueOf} from './recorded.ts'

const check = 'primary-chain'
const made = 'by-hand'
const tuning = '/etc/cni/net.d/k8s-local-chain/10-tuning.conf'

/** The verdict on the chain made by hand with some texts of its files replaced. */
function judgeFiles(replaced: Readonly<Record<string, string>>, other: Readonly<Record<string, Seen>> = {}) {
  const files = Object.entries(replaced).reduce(
    (heads, [found, instead]) => heads.replaceAll(found, instead),
    textOf(check, made, 'files'),
  )
  return judge(check, made, {evidence: {files: text(files), ...other}})
}

function judgeWithout(plugin: string) {
  const list = textOf(check, made, 'binaries').replace(new RegExp(`^.* ${plugin}\n`, 'm'), '')
  return judge(check, made, {evidence: {binaries: text(list)}})
}

const chained = '"auxiliaryCNIChainName":"k8s-local-chain",'

describe('primary-chain', () => {
  test('looks at every node, and into a pod where one runs', () => {
    const subjects = primaryChain.subjects(sceneOfTarget(givenTarget(), {runId: 'abc', everyNode: false}))

    expect(
      Array.isArray(subjects) && subjects.map((one) => [one.node, one.pod, Object.keys(primaryChain.probes(one))]),
    ).toEqual([
      ['dev-control-plane', '', ['files', 'binaries']],
      ['dev-worker', 'probe-1', ['files', 'binaries', 'pod', 'events', 'sysctls']],
      ['dev-worker2', 'probe-2', ['files', 'binaries', 'pod', 'events', 'sysctls']],
    ])
  })

  test('passes where every sysctl is as tuning was told, and names what it cannot look at', () => {
    expect(judge(check, made)).toEqual({
      status: 'pass',
      summary: [
        `net.ipv4.conf.eth0.arp_filter is 1 in probe-1, by ${tuning}`,
        `net.ipv4.tcp_rmem is 4096 131072 6291456 in probe-1, by ${tuning}`,
        'bandwidth of /etc/cni/net.d/k8s-local-chain/20 limit.conf can be called',
      ].join('; '),
    })
  })

  test('is a skip where Multus is told of no folder, as usual', () => {
    expect(judgeFiles({[chained]: ''})).toEqual({
      status: 'skip',
      summary: 'Multus chains nothing onto the primary network',
    })
  })

  test('is a skip that names the folder where it holds nothing that libcni reads', () => {
    const verdict = judgeFiles({'10-tuning.conf': '10-tuning.conflist', '20 limit.conf': '20 limit.conflist'})

    expect(verdict).toMatchObject({status: 'skip', summary: expect.stringContaining('/k8s-local-chain, which it is')})
  })

  test('leaves a node without a file of Multus to multus-first', () => {
    expect(judge(check, made, {evidence: {files: text('')}})).toMatchObject({
      status: 'skip',
      summary: expect.stringContaining('see multus-first'),
    })
  })

  test.each([
    ['is not JSON', '{"name": "tuning",', '{"name": "tuning",,', /10-tuning\.conf cannot be read: it is not JSON/],
    ['has no type', '"type": "tuning"', '"plugins": []', /10-tuning\.conf cannot be read: it has no "type"/],
  ])('fails where a file %s: Multus leaves out the whole folder', (_, found, instead, summary) => {
    expect(judgeFiles({[found]: instead})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(summary),
      cause: expect.stringContaining('leaves out every plugin of the folder'),
    })
  })

  test('names the file of a plugin that is not on the node', () => {
    expect(judgeWithout('bandwidth')).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^bandwidth, which .*20 limit\.conf names, is missing/),
    })
  })

  test('fails where the plugin that Multus calls first is not on the node', () => {
    expect(judgeWithout('passthru')).toMatchObject({status: 'fail', summary: expect.stringMatching(/^passthru, /)})
  })

  test.each([
    ['a sysctl of IFNAME', 'conf.eth0.arp', 'conf.IFNAME.arp'],
    ['an MTU', '"type": "tuning"', '"type": "tuning", "mtu": 1400'],
  ])('fails for %s: the chain has an interface that the pod has not', (_, found, instead) => {
    expect(judgeFiles({[found]: instead})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('10-tuning.conf makes tuning change the interface'),
    })
  })

  test('takes IFNAME for eth0 in the folder of the primary network itself, which needs no passthru', () => {
    const files = {[chained]: '', '/k8s-local-chain/': '/cilium/', 'conf.eth0.arp': 'conf.IFNAME.arp'}
    const list = textOf(check, made, 'binaries').replace(/^.* passthru\n/m, '')

    expect(judgeFiles(files, {binaries: text(list)})).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^net\.ipv4\.conf\.eth0\.arp_filter is 1 in probe-1, by \S+\/cilium\/10-tuning/),
    })
  })

  test('looks into no folder where the primary configuration forbids it', () => {
    const files = {
      [chained]: '',
      '/k8s-local-chain/': '/cilium/',
      '"name": "cilium",': '"name": "cilium", "loadOnlyInlinedPlugins": true,',
    }

    expect(judgeFiles(files)).toMatchObject({status: 'skip'})
  })

  test.each([
    ['has another value', '/eth0/arp_filter:0', /arp_filter in probe-1 is 0, and should be 1/],
    ['is not there', '/eth9/arp_filter:1', /arp_filter in probe-1 is nothing, and should be 1/],
  ])('fails where a sysctl %s', (_, instead, summary) => {
    const sysctls = textOf(check, made, 'sysctls').replace('/eth0/arp_filter:1', instead)

    expect(judge(check, made, {evidence: {sysctls: text(sysctls)}})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(summary),
      cause: expect.stringContaining(tuning),
    })
  })

  test('of two files that set one sysctl the last one counts', () => {
    const files = {
      '20 limit.conf': '05-first.conf',
      '{"name": "limit", "type": "bandwidth"}': '{"type": "tuning", "sysctl": {"net.ipv4.conf.eth0.arp_filter": "0"}}',
    }

    expect(judgeFiles(files)).toMatchObject({status: 'pass'})
  })

  test('says what keeps a pod from starting where it is the chain, and leaves all else to attach-ready', () => {
    const pod = {...valueOf(check, made, 'pod'), status: {phase: 'Pending'}}
    const said =
      'plugin type="multus-shim" failed (add): [k8s-local-verify-a7b34a/probe-1/1:k8s-local-chain]: error adding container to network "k8s-local-chain": no such file'
    const events = json({items: [{type: 'Warning', message: said}]})

    expect(judgeFiles({}, {pod: json(pod), events})).toMatchObject({status: 'fail'})
    expect(judgeFiles({}, {pod: json(pod)})).toMatchObject({
      status: 'skip',
      summary: expect.stringContaining('see attach-ready'),
    })
  })

  test('passes a node without a probe pod by its files alone', () => {
    expect(judge(check, made, {subject: {pod: ''}})).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^no probe pod runs there; tuning of .*can be called$/),
    })
  })

  test.each(['files', 'binaries', 'pod', 'sysctls'])('could not be judged without %s', (key) => {
    expect(judge(check, made, {evidence: {[key]: unseen}})).toMatchObject({status: 'error'})
  })

  test('could not be judged where the pod lists no sysctl at all', () => {
    expect(judge(check, made, {evidence: {sysctls: text('', 127)}})).toMatchObject({status: 'error'})
  })
})
