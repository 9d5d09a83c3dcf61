import {describe, expect, test} from 'vitest'
import {judge, text, textOf, unseen} from './recorded.ts'

describe('engine-answers', () => {
  const wanting = (subject: Readonly<Record<string, string | number | null>>) =>
    judge('engine-answers', 'healthy', {subject})

  test('an engine with room passes, with its figures', () => {
    expect(judge('engine-answers', 'healthy')).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^Docker 20.10.24\S*, cgroup v1, 23.5 GiB of memory, [\d.]+ GiB of disk free$/),
    })
  })

  test('by hand: an old engine, a full disk and little memory are told', () => {
    expect(wanting({version: '19.03.1'})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('older than 20.10'),
    })
    expect(wanting({diskFree: 2 ** 29})).toMatchObject({status: 'fail', fix: 'docker system prune'})
    expect(wanting({memory: 3 * 2 ** 30})).toMatchObject({
      status: 'warn',
      summary: '3 nodes want about 3.5 GiB of memory, and the engine has 3.0 GiB',
    })
    expect(wanting({diskFree: null}).summary).toContain('disk unknown')
  })
})

describe('inotify-limits', () => {
  test('high limits pass', () => {
    expect(judge('inotify-limits', 'healthy').status).toBe('pass')
  })

  test('by hand: a low one fails with the command', () => {
    expect(judge('inotify-limits', 'healthy', {subject: {inotifyInstances: 128}})).toMatchObject({
      status: 'fail',
      summary: 'fs.inotify.max_user_instances is 128, below 512',
      fix: 'sysctl -w fs.inotify.max_user_instances=512',
    })
  })
})

describe('kernel-links', () => {
  test('links that the kernel makes pass', () => {
    expect(judge('kernel-links', 'healthy').summary).toContain('the kernel makes links of macvlan')
  })

  test('a network of a kind that the kernel does not make fails with the module', () => {
    expect(judge('kernel-links', 'no-ipvlan')).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('the kernel makes no ipvlan, which faulty-definitions/odd needs'),
      cause: 'its module is not there: ipvlan',
    })
  })
})

describe('subnets-apart', () => {
  test('subnets of the cluster that nothing else has pass', () => {
    expect(judge('subnets-apart', 'healthy').status).toBe('pass')
  })

  test('a network of the engine inside the pod subnet fails', () => {
    expect(judge('subnets-apart', 'overlap')).toMatchObject({
      status: 'fail',
      summary: 'the pod subnet, 10.244.0.0/16, overlaps the engine network broken-overlap, 10.244.240.0/24',
    })
  })

  test('by hand: a route to elsewhere is a warning, for it only hides what lies behind it', () => {
    const others = [{subnet: '10.0.0.0/8', owner: 'a route of this machine'}]

    expect(judge('subnets-apart', 'healthy', {subject: {others}}).status).toBe('warn')
  })
})

describe('nics-connected', () => {
  test('a node with all its NICs passes', () => {
    expect(judge('nics-connected', 'healthy')).toEqual({status: 'pass', summary: 'eth1 on lan, eth2 on wan'})
  })

  test.each([
    ['down', /^eth1, the NIC of broken-worker2 on lan, is down$/, /lose their connection/],
    ['disconnected', /^broken-worker2 is not on lan: the engine has disconnected it$/, /^$/],
  ])('a NIC that is %s fails with what happened to it', (name, summary, cause) => {
    const verdict = judge('nics-connected', name)

    expect(verdict).toMatchObject({status: 'fail', fix: expect.stringMatching(/^docker /)})
    expect(verdict.summary).toMatch(summary)
    expect(verdict.cause ?? '').toMatch(cause)
  })

  test('by hand: an address that was taken away inside the node is told', () => {
    const seen = textOf('nics-connected', 'healthy', 'dev-worker2 addresses')
    const gone = text(seen.replace(/^\d+: eth1 .*\n/m, ''))

    expect(judge('nics-connected', 'healthy', {evidence: {'dev-worker2 addresses': gone}})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^no interface of dev-worker2 has 172\.\S+, its address on lan$/),
      cause: expect.stringContaining('taken away inside the node'),
    })
  })

  test('by hand: another address than the engine gave is told', () => {
    const seen = textOf('nics-connected', 'healthy', 'dev-worker2 addresses')
    const other = text(seen.replace(/(eth1\s+inet 172\.30\.\d+)\.\d+/, '$1.99'))

    expect(judge('nics-connected', 'healthy', {evidence: {'dev-worker2 addresses': other}}).summary).toMatch(
      /its address on lan; eth1 has 172\.30\.\d+\.99$/,
    )
  })

  test('a node that cannot be looked at is an error', () => {
    expect(judge('nics-connected', 'healthy', {evidence: {'dev-worker2 links': unseen}}).status).toBe('error')
  })
})
