import {expect, test} from 'vitest'
import type {Diagnosis} from '../../src/diagnosis/diagnosis.ts'
import {diagnosisFolder} from '../../src/diagnosis/diagnosis-folder.ts'
import {indexText} from '../../src/diagnosis/index-text.ts'
import {refusalsIn} from '../../src/diagnosis/refusals.ts'
import {presentDiagnosis} from '../../src/terminal/present-diagnosis.ts'
import {plainStyle} from '../../src/terminal/style.ts'

const event = (name: string, message: string, type = 'Warning') => ({
  type,
  message,
  involvedObject: {kind: 'Pod', namespace: 'default', name},
})

const diagnosis: Diagnosis = {
  cluster: 'demo',
  folder: '/home/u/out/diagnosis-demo-ab12cd',
  at: '2026-11-28T00:18:04.462Z',
  version: '0.1.0',
  files: [
    {file: 'cluster/events.json', title: 'events', bytes: 2100},
    {
      file: 'nodes/demo-worker/kubelet.log',
      title: 'last lines of the kubelet of demo-worker',
      bytes: 1_000_026,
      cut: true,
    },
  ],
  missing: [
    {file: 'nodes/far/routes.txt', title: 'IPv4 routes of far', reason: 'the node is no container of this engine'},
    {file: 'cluster/nodes.json', title: 'Nodes', reason: 'alice may not get /api/v1/nodes'},
    {file: 'nodes/far/rules.txt', title: 'routing rules of far', reason: 'the node is no container of this engine'},
  ],
  absent: [{file: 'cluster/calico-config.json', title: 'what Calico is told', reason: 'it does not exist'}],
  refusals: refusalsIn({
    items: [
      event('web', 'failed to find plugin "tap" in path [/opt/cni/bin]'),
      event('web', 'failed to find plugin "tap" in path [/opt/cni/bin /opt/cni/bin]'),
      event('db', 'failed to find plugin "tap" in path [/opt/cni/bin]'),
      event('other', 'Back-off restarting failed container'),
      event('old', 'failed to find plugin "tap"', 'Normal'),
    ],
  }),
}

test('the index says what is wrong and what is missing before it lists the files', async () => {
  await expect(indexText(diagnosis)).toMatchFileSnapshot('../golden/diagnosis/README.md')
})

test('a person is told where it lies, what is wrong at once, and what it lacks', async () => {
  await expect(`${presentDiagnosis(diagnosis, {width: 80, style: plainStyle})}\n`).toMatchFileSnapshot(
    '../golden/terminal/diagnosis.txt',
  )
})

test.each([
  ['demo', '/out', '/out/diagnosis-demo-ab12cd'],
  ['arn:aws:eks:eu:1:cluster/../prod', '/out/', '/out/diagnosis-arn-aws-eks-eu-1-cluster-..-prod-ab12cd'],
])('the folder for %s has a name that a folder can have', (cluster, directory, folder) => {
  expect(diagnosisFolder(directory, {cluster, runId: 'ab12cd'})).toBe(folder)
})
