import type {Fault} from './fault.ts'
import {withoutInterface, withoutPods} from './followers.ts'
import {onNode, tryOnNode} from './on-node.ts'

const folder = '/etc/cni/net.d'
const away = '/etc/cni/00-multus.away'
const thin = ['thin'] as const

export const multusConfRemoved: Fault = {
  title: "Multus' configuration is removed on one node",
  modes: thin,
  fails: {'multus-first': /worker2.*05-cilium.conflist first.*removed/},
  follows: withoutInterface,
  inject: async (stage) => void (await onNode(stage, 'mv', `${folder}/00-multus.conf`, away)),
  heal: async (stage) => void (await onNode(stage, 'mv', away, `${folder}/00-multus.conf`)),
}

export const multusConfShadowed: Fault = {
  title: "Multus' configuration is shadowed on one node",
  fails: {'multus-first': /worker2.*00-another.conflist first.*sorts before 00-multus/},
  follows: withoutInterface,
  inject: async (stage) =>
    void (await onNode(stage, 'cp', `${folder}/05-cilium.conflist`, `${folder}/00-another.conflist`)),
  heal: async (stage) => void (await onNode(stage, 'rm', `${folder}/00-another.conflist`)),
}

export const staleTwin: Fault = {
  title: 'a stale 00-multus.conf stands beside 00-multus.conflist',
  modes: thin,
  fails: {'multus-first': /worker2.*00-multus.conf and 00-multus.conflist both exist/},
  inject: async (stage) => void (await onNode(stage, 'cp', `${folder}/00-multus.conf`, `${folder}/00-multus.conflist`)),
  heal: async (stage) => void (await onNode(stage, 'rm', `${folder}/00-multus.conflist`)),
}

/** Our thin Multus writes its file anew when the primary CNI's changes; upstream's does not. */
export const confDrifted: Fault = {
  title: "thin Multus' copy of the primary CNI's file is an old one",
  modes: thin,
  fails: {'cni-shares': /05-cilium.conflist is newer than the copy.*worker2/},
  inject: async (stage) =>
    void (await onNode(stage, 'sed', '-i', 's/"enable-debug":false/"enable-debug":true/', `${folder}/00-multus.conf`)),
  heal: async (stage) =>
    void (await onNode(stage, 'sed', '-i', 's/"enable-debug":true/"enable-debug":false/', `${folder}/00-multus.conf`)),
}

const kubeconfig = `${folder}/multus.d/multus.kubeconfig`

export const tokenRefused: Fault = {
  title: 'the API does not accept the token that thin Multus wrote on one node',
  modes: thin,
  fails: {'multus-connected': /worker2.*does not accept the token.*Unauthorized/},
  follows: withoutPods,
  inject: async (stage) =>
    void (await onNode(stage, 'sed', '-i.away', 's/token: .*/token: eyJhbGciOiJSUzI1NiJ9.e30.x/', kubeconfig)),
  heal: async (stage) => void (await onNode(stage, 'mv', `${kubeconfig}.away`, kubeconfig)),
}

export const otherModeLeft: Fault = {
  title: 'thick Multus has left its shim on a node with thin',
  modes: thin,
  fails: {'multus-leftovers': /worker2.*multus-shim was left behind.*thick Multus ran here/},
  inject: async (stage) => void (await onNode(stage, 'cp', '/opt/cni/bin/static', '/opt/cni/bin/multus-shim')),
  heal: (stage) => tryOnNode(stage, 'rm', '/opt/cni/bin/multus-shim'),
}
