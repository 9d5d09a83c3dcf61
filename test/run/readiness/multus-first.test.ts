import {describe, expect, test} from 'vitest'
import {wait} from '../../../src/run/executors/wait.ts'
import {readConfigs} from '../../../src/run/readiness/cni-configs.ts'
import {judgeMultus} from '../../../src/run/readiness/judge-multus.ts'
import {fakeContext, fakeExec} from '../fakes.ts'

const cilium = '{"cniVersion":"0.3.1","name":"cilium","plugins":[{"type":"cilium-cni"}]}'
const calico = '{"cniVersion":"0.3.1","name":"k8s-pod-network","plugins":[{"type":"calico"}]}'
const thin = (delegate: string) => `{"name":"multus-cni-network","type":"multus","delegates":[${delegate}]}`
const ciliumOf120 = cilium.replace('0.3.1', '1.0.0')
/** What thin Multus writes in front of a primary CNI of cniVersion 1.0.0. */
const thinList = (delegate: string) =>
  `{"cniVersion":"1.0.0","name":"multus-cni-network","plugins":[{"type":"multus","delegates":[${delegate}]}]}`
const thick = (file: string) =>
  `{"name":"multus-cni-network","type":"multus-shim","clusterNetwork":"/host/etc/cni/net.d/${file}"}`

describe('judgeMultus', () => {
  test.each([
    ['thin', {'00-multus.conf': thin(cilium), '05-cilium.conflist': cilium}],
    ['thin', {'00-multus.conflist': thinList(ciliumOf120), '05-cilium.conflist': ciliumOf120}],
    [
      'thick',
      {'00-multus.conf': thick('05-cilium.conflist'), '05-cilium.conflist': cilium, '10-kindnet.conflist': calico},
    ],
  ] as const)('is content with %s Multus in front of the primary CNI', (mode, files) => {
    expect(judge(files, mode)).toEqual({})
  })

  test.each([
    ['the primary file is missing', {'00-multus.conf': thin(cilium)}, /05-cilium\.conflist/],
    ['Multus has written nothing yet', {'05-cilium.conflist': cilium}, /05-cilium\.conflist first/],
    [
      'Cilium has renamed its file',
      {'05-cilium.conflist': cilium, '00-multus.conf.cilium_bak': thin(cilium)},
      /cni\.exclusive/,
    ],
    ['it hands over to another CNI', {'00-multus.conf': thin(calico), '05-cilium.conflist': cilium}, /k8s-pod-network/],
    ['its file is half written', {'00-multus.conf': '', '05-cilium.conflist': cilium}, /empty or not JSON/],
    [
      'another file is read before',
      {'00-a.conf': calico, '00-multus.conf': thin(cilium), '05-cilium.conflist': cilium},
      /00-a\.conf first/,
    ],
    [
      'the other mode has written it',
      {'00-multus.conf': thick('05-cilium.conflist'), '05-cilium.conflist': cilium},
      /multus-shim/,
    ],
  ])('waits while %s', (_, files, fault) => {
    expect(judge(files, 'thin').stale).toBeUndefined()
    expect(judge(files, 'thin').fault).toMatch(fault)
  })

  test('finds the file of the other mode stale, also when it is newer', () => {
    const files = {
      '00-multus.conf': thick('05-cilium.conflist'),
      '00-multus.conflist': thin(cilium),
      '05-cilium.conflist': cilium,
    }

    expect(judge(files, 'thin', {'00-multus.conf': 9})).toEqual({stale: '00-multus.conf'})
    expect(judge(files, 'thick')).toEqual({stale: '00-multus.conflist'})
  })

  test('finds the older of two files of one mode stale', () => {
    const files = {'00-multus.conf': thin(calico), '00-multus.conflist': thin(cilium), '05-cilium.conflist': cilium}

    expect(judge(files, 'thin', {'00-multus.conflist': 9})).toEqual({stale: '00-multus.conf'})
  })

  test.each([
    ['nothing else', {}],
    ['a file that Cilium renamed', {'00-multus.conf.cilium_bak': thin(cilium)}],
  ])('finds the copy of the primary CNI before its upgrade stale, beside %s', (_, more) => {
    const files = {
      '00-multus.conf': thin(cilium),
      '00-multus.conflist': thinList(ciliumOf120),
      '05-cilium.conflist': ciliumOf120,
      ...more,
    }

    expect(judge(files, 'thin', {'00-multus.conflist': 9})).toEqual({stale: '00-multus.conf'})
    expect(judge(files, 'thin', {'00-multus.conf': 9}).stale).toBeUndefined()
  })

  test('leaves both alone when the wrong one is newer: somebody may be writing it', () => {
    const files = {'00-multus.conf': thin(calico), '00-multus.conflist': thin(cilium), '05-cilium.conflist': cilium}

    const {stale, fault} = judge(files, 'thin', {'00-multus.conf': 9})

    expect(stale).toBeUndefined()
    expect(fault).toContain('both exist')
  })
})

describe('readConfigs', () => {
  test('reads names, times and contents in the order of the runtime', () => {
    const output =
      '\n=== 05-cilium.conflist 12.5\n{"a": 1}\n\n=== 00-multus.conf 13.25\n{\n}\n=== calico-kubeconfig 3.0\n'

    expect(readConfigs(output)).toEqual([
      {name: '00-multus.conf', modified: 13.25, content: '{\n}'},
      {name: '05-cilium.conflist', modified: 12.5, content: '{"a": 1}'},
      {name: 'calico-kubeconfig', modified: 3, content: ''},
    ])
  })
})

describe('wait for multus-first', () => {
  const readiness = {
    type: 'multus-first',
    nodes: ['demo-worker', 'demo-worker2'],
    mode: 'thin',
    confFile: '05-cilium.conflist',
  } as const

  test('removes a stale twin, says so, and is then content', async () => {
    const shim = {name: '00-multus.conf', text: thick('05-cilium.conflist')}
    const files = new Map([
      [shim.name, shim.text],
      ['00-multus.conflist', thin(cilium)],
      ['05-cilium.conflist', cilium],
    ])
    const {exec, asked} = fakeExec((node, [program, , file = '']) => {
      if (program === 'find')
        return listing(
          node === 'demo-worker'
            ? Object.fromEntries(files)
            : {'00-multus.conf': thin(cilium), '05-cilium.conflist': cilium},
        )
      files.delete(file.split('/').at(-1) ?? '')
      return ''
    })
    const context = fakeContext({engine: {exec}})

    const result = await wait({type: 'wait', for: readiness, timeoutSeconds: 30, onTimeout: 'fail'}, context)

    expect(result).toEqual({already: false})
    expect(asked).toContain('demo-worker: rm -f /etc/cni/net.d/00-multus.conf')
    expect(context.told).toContain('demo-worker: removed 00-multus.conf, a stale configuration of Multus')
    expect(asked.filter((line) => line.startsWith('demo-worker2: find'))).toHaveLength(1)
  })

  test('says at the deadline what it last saw on each node', async () => {
    const {exec} = fakeExec((node) => listing(node === 'demo-worker' ? {'05-cilium.conflist': cilium} : {}))
    const context = fakeContext({engine: {exec}})

    const failure = wait({type: 'wait', for: readiness, timeoutSeconds: 5, onTimeout: 'fail'}, context)

    await expect(failure).rejects.toMatchObject({
      data: {
        name: 'wait-timeout',
        message: 'Waited 5 s for Multus (thin) to be the first CNI configuration on demo-worker, demo-worker2',
        cause: expect.stringMatching(
          /^Last seen: demo-worker: .*05-cilium\.conflist first.*; demo-worker2: .*no CNI configuration/,
        ),
      },
    })
  })
})

function judge(
  files: Readonly<Record<string, string>>,
  mode: 'thin' | 'thick',
  times: Readonly<Record<string, number>> = {},
) {
  return judgeMultus(readConfigs(listing(files, times)), {mode, confFile: '05-cilium.conflist'})
}

function listing(files: Readonly<Record<string, string>>, times: Readonly<Record<string, number>> = {}): string {
  return Object.entries(files)
    .map(([name, text]) => `\n=== ${name} ${times[name] ?? 1}.0\n${text}`)
    .join('')
}
