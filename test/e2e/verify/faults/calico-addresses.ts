import {kubectl} from '../../support/cluster.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'
import {rolledOut} from './on-node.ts'

/** Thick Multus as upstream has it: Calico's plugin finds no API when a pod ends, and the shim hides that (multus #1449, up to 4.3.0). */
export const calicoAddressesLeak: Fault = {
  title: 'thick Multus keeps the addresses of Calico for pods that are gone',
  cni: 'calico',
  modes: ['thick'],
  tier: 'full',
  flags: ['--check', 'addresses-returned'],
  fails: {'addresses-returned': /addresses of 50 pods that are gone are still reserved.*multus #1449/},
  inject: (stage) => setKubeconfig(stage, 'KUBECONFIG-'),
  heal: (stage) => setKubeconfig(stage, 'KUBECONFIG=/etc/cni/net.d/calico-kubeconfig'),
}

async function setKubeconfig(stage: Stage, value: string): Promise<void> {
  const container = ['ds/kube-multus-ds', '-c', 'kube-multus']
  await kubectl(stage.cluster, ['-n', 'kube-system', 'set', 'env', ...container, value])
  await rolledOut(stage, 'kube-multus-ds')
}
