import {kubectl} from '../../support/cluster.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {rolledOut} from './on-node.ts'

/** Upstream's limit for thick Multus. A burst of pods kills it or just does not, by what the plugins need at that moment: either is named. */
export const memoryOfUpstream: Fault = {
  title: 'thick Multus has the 50 Mi of upstream while many pods start',
  modes: ['thick'],
  slow: true,
  tier: 'default',
  flags: ['--check', '!reach', '--check', '!isolation'],
  fails: {'multus-memory': /its limit is 50Mi|memory limit of Multus is 50Mi/},
  mayFollow: [
    'multus-ready',
    'multus-connected',
    'attach-ready',
    'many-networks',
    'chain-applied',
    'primary-chain',
    'workload-kinds',
    'address-requested',
  ],
  inject: (stage) => setMemory(stage, {limit: '50Mi', request: '50Mi'}),
  heal: (stage) => setMemory(stage, {limit: '1Gi', request: '64Mi'}),
}

async function setMemory(
  stage: Stage,
  {limit, request}: {readonly limit: string; readonly request: string},
): Promise<void> {
  const amounts = [`--limits=memory=${limit}`, `--requests=memory=${request}`]
  const container = ['ds/kube-multus-ds', '-c', 'kube-multus']
  await kubectl(stage.cluster, ['-n', 'kube-system', 'set', 'resources', ...container, ...amounts])
  await rolledOut(stage, 'kube-multus-ds')
}
