import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Diagnose from '../../src/commands/diagnose.ts'
import Verify from '../../src/commands/verify.ts'
import type {Diagnosis} from '../../src/diagnosis/diagnosis.ts'
import {sendStatus} from '../support/fake-api/rest.ts'
import {type FakeCluster, runningPod, startFakeCluster} from './support/fake-cluster.ts'

let cluster: FakeCluster
let output: string
beforeEach(async () => {
  cluster = await startFakeCluster()
  output = mkdtempSync(join(tmpdir(), 'k8s-local-diagnose-'))
})
afterEach(async () => {
  await cluster.stop()
  rmSync(output, {recursive: true, force: true})
})

const pod = runningPod('web', {networks: 'data', status: []})

describe('diagnose', () => {
  test('of a foreign cluster without an engine writes what the API tells, and is no failure', async () => {
    cluster.add({...pod, spec: {containers: [{name: 'one', env: [{name: 'DB', value: 'not-for-you'}]}]}})
    cluster.api.onExec = () => ({stdout: 'default via 10.0.0.1\n'})

    const {stdout, stderr, exitCode, result} = await cluster.run(Diagnose, ['--output', output])

    const {folder, files, missing} = result as Diagnosis
    expect(exitCode).toBe(0)
    expect(stderr).toBe('Looking at the cluster, for a minute at most\n')
    expect(stdout).toContain(`Diagnosis of fake: ${files.length} files`)
    expect(stdout).toContain('nobody can look at it from here')
    expect(readdirSync(output)).toEqual([folder.slice(output.length + 1)])
    for (const {file} of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('not-for-you')
    expect(JSON.parse(readFileSync(join(folder, 'cluster/pods.json'), 'utf8'))).toMatchObject({
      items: [{metadata: {name: 'web'}}],
    })
    expect(missing.map(({file}) => file)).toContain('nodes/fake-worker/routes.txt')
  })

  test('only reads', async () => {
    cluster.add(pod)
    await cluster.run(Diagnose, ['--output', output])

    expect(new Set(cluster.api.requests.map(({method}) => method))).toEqual(new Set(['GET']))
    expect(cluster.api.requests.filter(({path}) => path.includes('secrets'))).toEqual([])
  })

  test('twice makes two folders', async () => {
    await cluster.run(Diagnose, ['--output', output])
    await cluster.run(Diagnose, ['--output', output])

    expect(readdirSync(output)).toHaveLength(2)
  })

  test('of an API that does not answer, with no node here, is exit 5 and no folder', async () => {
    await cluster.api.stop()

    const {stderr, exitCode} = await cluster.run(Diagnose, ['--output', output])

    expect(stderr).toContain('There is nothing to see of fake')
    expect(exitCode).toBe(5)
    expect(readdirSync(output)).toEqual([])
  })

  test('into a folder that cannot be is refused before anything is looked at', async () => {
    const {stderr, exitCode} = await cluster.run(Diagnose, ['--output', join(cluster.api.kubeconfig, 'below')])

    expect(exitCode).toBe(3)
    expect(stderr).toContain('No diagnosis can be written')
    expect(cluster.api.requests).toEqual([])
  })
})

test('verify --bundle-on-failure is refused beforehand too', async () => {
  const {exitCode} = await cluster.run(Verify, ['--bundle-on-failure', join(cluster.api.kubeconfig, 'below')])

  expect(exitCode).toBe(3)
  expect(cluster.api.requests).toEqual([])
})

test('verify --bundle-on-failure collects what there is where the API refuses so much that nothing can be verified', async () => {
  cluster.api.faults.push(({path}, response) => {
    if (path !== '/api/v1/namespaces') return false
    sendStatus(response, 403, 'namespaces is forbidden: User "alice" cannot list resource "namespaces"')
    return true
  })

  const {stderr, exitCode} = await cluster.run(Verify, ['--bundle-on-failure', output])

  const [folder = ''] = readdirSync(output)
  expect(exitCode).toBe(5)
  expect(stderr).toContain('namespaces is forbidden')
  expect(stderr.replaceAll(/\s+/g, '')).toContain(`${output}/${folder}/README.md`)
  expect(readFileSync(join(output, folder, 'README.md'), 'utf8')).toContain('# Diagnosis of fake')
})
