import {describe, expect, test} from 'vitest'
import {judgeMultusOrder, readConfDirectory} from '../../src/checks/conf-directory.ts'
import {judge, text, textOf, unseen} from './recorded.ts'

describe('multus-first', () => {
  test.each([
    ['thin-healthy', '00-multus.conf is first and hands on to lab'],
    ['thick-healthy', '00-multus.conf is first and hands on to 10-lab.conflist'],
    ['thin-under-cilium', '00-multus.conf is first and hands on to cilium'],
  ])('%s passes', (name, summary) => {
    expect(judge('multus-first', name)).toEqual({status: 'pass', summary})
  })

  test.each(['thin', 'thick'] as const)(
    '%s beside a CNI that nobody knows passes: its file is the first that is not Multus’ own',
    (mode) => {
      const [files, texts] = ['files', 'texts'].map((key) => textOf('multus-first', `${mode}-healthy`, key))
      const order = judgeMultusOrder(readConfDirectory(files ?? '', texts ?? ''), {mode})

      expect(order).toMatchObject({status: 'pass', delegate: mode === 'thin' ? 'lab' : '10-lab.conflist'})
    },
  )

  test('Multus alone, with no file of a primary CNI, fails', () => {
    const order = judgeMultusOrder(readConfDirectory('00-multus.conf\n', ''), {mode: 'thin'})

    expect(order).toMatchObject({status: 'fail', summary: 'the file of a primary CNI is not in /etc/cni/net.d'})
  })

  test('a primary of cniVersion 1.0.0, for which thin writes a list, passes', () => {
    const list = textOf('multus-first', 'stale-twin', 'texts').split('\n\n').slice(1).join('\n\n')

    const verdict = judge('multus-first', 'stale-twin', {
      evidence: {files: text('00-multus.conflist\n10-lab.conflist\n'), texts: text(list, 1)},
    })

    expect(verdict).toEqual({status: 'pass', summary: '00-multus.conflist is first and hands on to lab'})
  })

  test('a stale twin fails, for the runtime reads it and nobody writes it', () => {
    const verdict = judge('multus-first', 'stale-twin')

    expect(verdict.status).toBe('fail')
    expect(verdict.summary).toBe(
      '00-multus.conf and 00-multus.conflist both exist: the runtime reads 00-multus.conf, Multus writes only one of them',
    )
  })

  test('a file that Cilium has renamed away fails, and the cause is named', () => {
    const verdict = judge('multus-first', 'cilium-exclusive')

    expect(verdict.status).toBe('fail')
    expect(verdict.summary).toContain('the runtime reads 05-cilium.conflist first')
    expect(verdict.cause).toBe("Cilium renamed Multus' file to 00-multus.conf.cilium_bak: cni.exclusive is true")
    expect(verdict.fix).toContain('cni-exclusive')
  })

  test('a renamed file that was left behind is a warning', () => {
    expect(judge('multus-first', 'cilium-bak-left-behind')).toMatchObject({
      status: 'warn',
      summary: '00-multus.conf.cilium_bak was left behind',
    })
  })

  test.each([
    ['removed', 'the runtime reads 05-cilium.conflist first', "Multus' configuration is not there"],
    ['shadowed', 'the runtime reads 00-another.conflist first', '00-another.conflist sorts before 00-multus.conf'],
    ['stale-twin-under-cilium', '00-multus.conf and 00-multus.conflist both exist', "Multus' mode was switched"],
  ])('%s on one node fails, and the cause is named', (name, summary, cause) => {
    expect(judge('multus-first', name)).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining(summary),
      cause: expect.stringContaining(cause),
    })
  })

  test('an empty directory fails', () => {
    expect(judge('multus-first', 'before-the-primary-cni')).toMatchObject({
      status: 'fail',
      summary: '/etc/cni/net.d holds no CNI configuration',
    })
  })

  test('a file of the other mode fails', () => {
    expect(judge('multus-first', 'thick-left-by-thin')).toMatchObject({
      status: 'fail',
      summary: '00-multus.conf calls multus, and thick Multus is called by multus-shim',
      cause: 'the file was left by the other mode of Multus',
    })
  })

  test('by hand: the primary alone fails, and a restart of Multus mends it', () => {
    const verdict = judge('multus-first', 'thin-healthy', {evidence: {files: text('10-lab.conflist\n')}})

    expect(verdict).toMatchObject({
      status: 'fail',
      cause: "Multus' configuration is not there: it was removed, or never written",
      fix: 'kubectl -n kube-system rollout restart ds/kube-multus-ds',
    })
  })

  test('by hand: the primary CNI’s file gone fails', () => {
    const verdict = judge('multus-first', 'thin-healthy', {
      evidence: {files: text('00-multus.conf\n10-kindnet.conflist\n')},
    })

    expect(verdict).toMatchObject({
      status: 'fail',
      summary: "10-lab.conflist, the primary CNI's file, is not in /etc/cni/net.d",
      cause: 'it holds 00-multus.conf, 10-kindnet.conflist',
    })
  })

  test('by hand: thick that hands on to another file fails', () => {
    const texts = textOf('multus-first', 'thick-healthy', 'texts').replace(
      'net.d/10-lab.conflist"',
      'net.d/10-kindnet.conflist"',
    )

    expect(judge('multus-first', 'thick-healthy', {evidence: {texts: text(texts, 1)}})).toMatchObject({
      status: 'fail',
      summary: "00-multus.conf hands on to 10-kindnet.conflist, and the primary CNI's file is 10-lab.conflist",
    })
  })

  test('by hand: thin that copied another network fails, an older copy of the right one is a warning', () => {
    const texts = textOf('multus-first', 'thin-healthy', 'texts')
    const other = texts.replace('"name":"lab","plugins":[{"ipMasq"', '"name":"kindnet","plugins":[{"ipMasq"')
    const older = texts.replace('},{"type":"portmap","capabilities":{"portMappings":true}}]}', '}]}')

    expect(judge('multus-first', 'thin-healthy', {evidence: {texts: text(other, 1)}})).toMatchObject({
      status: 'fail',
      summary: '00-multus.conf hands on to kindnet, and 10-lab.conflist is lab',
    })
    expect(judge('multus-first', 'thin-healthy', {evidence: {texts: text(older, 1)}})).toMatchObject({
      status: 'warn',
      summary: '00-multus.conf holds an older copy of 10-lab.conflist',
    })
  })

  test('by hand: an empty file fails', () => {
    const verdict = judge('multus-first', 'thin-healthy', {
      evidence: {texts: text('==> /etc/cni/net.d/00-multus.conf <==\n\n', 1)},
    })

    expect(verdict).toMatchObject({status: 'fail', summary: '00-multus.conf is empty or not JSON'})
  })

  test('a node that does not answer is an error, not a failure', () => {
    expect(judge('multus-first', 'thin-healthy', {evidence: {files: unseen}})).toEqual({
      status: 'error',
      summary: 'could not look at /etc/cni/net.d on lab-worker: no answer within 10 s',
    })
  })
})

describe('readConfDirectory', () => {
  test('keeps the texts of several files apart', () => {
    const {files, texts} = readConfDirectory(
      'a.conf\nb.conflist\n',
      '==> /etc/cni/net.d/a.conf <==\n{"a": 1}\n\n==> /etc/cni/net.d/b.conflist <==\n{\n  "b": 2\n}\n',
    )

    expect(files).toEqual(['a.conf', 'b.conflist'])
    expect(texts).toEqual({'a.conf': '{"a": 1}', 'b.conflist': '{\n  "b": 2\n}'})
  })
})
