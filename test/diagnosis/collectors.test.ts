import {describe, expect, test} from 'vitest'
import {collectors} from '../../src/diagnosis/collectors/index.ts'
import type {ClusterView, Look} from '../../src/diagnosis/collector.ts'
import {faultOf, resultOf} from '../../src/diagnosis/look-result.ts'
import type {Json} from '../../src/steps/object.ts'
import {attached, givenPod, givenView} from './given-view.ts'

const looksAt = (view: ClusterView) => collectors.flatMap((collector) => collector(view))
const filesOf = (view: ClusterView) => looksAt(view).map(({file}) => file)

describe('what is collected', () => {
  test('is one file each, by one look each', async () => {
    const lines = looksAt(givenView).map(({file, title, probe}) => `${file}\n  ${title}\n  ${wordsOf(probe)}`)

    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/diagnosis/looks.txt')
  })

  test('has no two files of one name, and none outside its folder', () => {
    const files = filesOf({...givenView, apiFault: 'away'})

    expect(files.filter((file, index) => files.indexOf(file) !== index || /^\/|\.\.(?:\/|$)/.test(file))).toEqual([])
  })

  test('reads no Secret, and changes nothing', () => {
    const probes = looksAt({...givenView, apiFault: 'away'}).map(({probe}) => probe)
    const paths = probes.flatMap((probe) => (probe.type === 'api' ? [probe.path] : []))
    const programs = new Set(probes.flatMap((probe) => ('argv' in probe ? probe.argv.slice(0, 1) : [])))

    expect(new Set(probes.map(({type}) => type))).toEqual(new Set(['api', 'node', 'pod', 'engine']))
    expect(paths.filter((path) => path.includes('secrets'))).toEqual([])
    expect(programs).toEqual(
      new Set(['bridge', 'crictl', 'find', 'grep', 'ip', 'journalctl', 'ls', 'sysctl', 'uname', 'unshare']),
    )
  })

  test('is what the node knows of agents, where the API is away', () => {
    const more = filesOf({...givenView, apiFault: 'away'}).filter((file) => !filesOf(givenView).includes(file))

    expect(more).toEqual(['nodes/demo-worker/containers.json', 'nodes/demo-worker/agent-logs.txt'])
  })

  test('is a log of before only where there was a restart', () => {
    const logs = (restarts: number) =>
      filesOf({
        ...givenView,
        pods: [givenPod('cilium-x', {namespace: 'kube-system', owner: 'DaemonSet', restarts})],
      }).filter((file) => file.startsWith('logs/'))

    expect(logs(0)).toEqual(['logs/kube-system/cilium-x/main.log'])
    expect(logs(1)).toEqual(['logs/kube-system/cilium-x/main.log', 'logs/kube-system/cilium-x/main.previous.log'])
  })

  test('is inside of running pods with networks, and of no more than 40', () => {
    const inside = (pods: readonly Json[]) =>
      new Set(filesOf({...givenView, pods}).flatMap((file) => /^pods\/([^/]+\/[^/]+)/.exec(file)?.[1] ?? []))
    const many = Array.from({length: 50}, (_, index) => givenPod(`many-${index}`, {annotations: attached}))

    expect(inside([givenPod('late', {annotations: attached, phase: 'Pending'}), ...givenView.pods])).toEqual(
      new Set(['default/web']),
    )
    expect(inside(many).size).toBe(40)
  })
})

describe('what becomes of a look', () => {
  const look = (change: Partial<Look> = {}): Look => ({
    file: 'a.txt',
    title: 'a',
    probe: {type: 'node', node: 'demo-worker', argv: ['ls']},
    ...change,
  })
  const printed = (stdout: string, stderr = '', exitCode = 0) => ({type: 'text', stdout, stderr, exitCode}) as const

  test('is what the program printed, its errors and its exit code', () => {
    expect(resultOf(printed('a\n'), look())).toEqual({text: 'a\n'})
    expect(resultOf(printed('a\n', 'no b\n', 1), look())).toEqual({text: 'a\nno b\n# exit code 1\n'})
    expect(resultOf(printed(''), look())).toEqual({text: '# it printed nothing\n'})
  })

  test('is a reason where the image lacks the program', () => {
    const stderr = 'OCI runtime exec failed: exec: "ip": executable file not found in $PATH: unknown'

    expect(resultOf(printed('', stderr, 126), look())).toEqual({fault: stderr})
  })

  test('is the end of a text that is too long', () => {
    const result = resultOf(printed(`${'x\n'.repeat(600_000)}last words`), look())

    expect(result).toMatchObject({cut: true, text: expect.stringMatching(/^# the beginning is cut off\n/) as string})
    expect('text' in result && result.text.endsWith('last words\n')).toBe(true)
  })

  test('is no fault where something need not be there, but a refusal is', () => {
    const optional = look({optional: true})

    expect(resultOf({type: 'failed', reason: '/apis/x does not exist'}, optional)).toHaveProperty('absent')
    expect(resultOf({type: 'failed', reason: '/apis/x does not exist'}, look())).toHaveProperty('fault')
    expect(resultOf({type: 'failed', reason: 'u may not get /apis/x'}, optional)).toHaveProperty('fault')
  })

  test('never shows a secret', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.c2lnbmF0dXJl'
    const results = [
      resultOf(printed(`token: ${token}`), look()),
      resultOf({type: 'json', value: {items: [{env: [{name: 'A', value: token}], note: token}]}}, look()),
      resultOf({type: 'json', value: `log line ${token}`}, look()),
      resultOf({type: 'failed', reason: `refused ${token}`}, look()),
    ]

    expect(JSON.stringify(results)).not.toContain(token)
  })

  test('is known beforehand where nobody can look', () => {
    const view: ClusterView = {...givenView, apiFault: 'away', nodes: [{name: 'demo-worker', fault: 'it is stopped'}]}

    expect(faultOf(look(), view)).toBe('it is stopped')
    expect(faultOf(look({probe: {type: 'api', path: '/version'}}), view)).toBe('away')
    expect(faultOf(look({probe: {type: 'engine', about: 'engine'}}), view)).toBeUndefined()
  })
})

describe('links that the kernel makes', () => {
  const {read = () => ''} = looksAt(givenView).find(({file}) => file.endsWith('kernel-links.txt')) ?? {}

  test('are told by kind', () => {
    const told = read({stdout: '', stderr: 'Error: Unknown device type.\nCommand failed -:2\n'}).split('\n')

    expect(told.filter((line) => line.endsWith('Unknown device type.'))).toHaveLength(1)
    expect(told.filter((line) => line.endsWith('can be made')).length).toBeGreaterThan(3)
  })

  test('are not called possible where it did not come to trying', () => {
    expect(read({stdout: '', stderr: 'unshare: unshare failed: Operation not permitted'})).toMatch(/not permitted/)
  })
})

function wordsOf(probe: Look['probe']): string {
  if (probe.type === 'api') return `GET ${probe.path}`
  if (probe.type === 'engine') return `engine: ${probe.about}`
  return 'argv' in probe
    ? `${probe.type}: ${probe.argv.map((word) => (typeof word === 'string' ? word : '…')).join(' ')}`
    : probe.type
}
