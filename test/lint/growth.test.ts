import {expect, test} from 'vitest'
import {readDocuments} from '../../src/lint/read/documents.ts'
import {makeScene} from '../../src/lint/read/scene.ts'
import {rules} from '../../src/lint/rules/index.ts'
import type {Scene} from '../../src/lint/scene.ts'

const text = `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata: {name: lan, namespace: team}
spec:
  config: '{"cniVersion": "0.3.1", "type": "bridge", "isDefaultGateway": true, "ipam": {"type": "host-local", "subnet": "10.1.0.0/24", "routes": [{"dst": "0.0.0.0/0"}]}}'
---
apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: team
  annotations:
    k8s.v1.cni.cncf.io/networks: lam, other/lan, lan
    v1.multus-cni.io/default-network: gone
spec: {containers: [{name: a, image: b}]}
`

const everything = ['objects', 'networks', 'workloads'] as const

test.each(rules.map((rule) => [rule.code, rule] as const))(
  '%s, asked of each object, looks others up instead of going through all of them',
  (_, rule) => {
    const scene = sceneOf(text)
    const guarded = withoutLists(scene)
    const judge = () => [
      ...scene.networks.flatMap((network) => [...(rule.network?.(network, guarded) ?? [])]),
      ...scene.workloads.flatMap((workload) => [
        ...(rule.workload?.(workload, guarded) ?? []),
        ...(workload.request ? (rule.request?.(workload.request, workload, guarded) ?? []) : []),
      ]),
      ...scene.objects.flatMap((object) => [...(rule.object?.(object, guarded) ?? [])]),
    ]

    expect(judge).not.toThrow()
  },
)

test('a network that gives some pod its eth0 is known by its place', () => {
  const scene = sceneOf(`${text}---\n${text.replace('default-network: gone', 'default-network: team/lan')}`)

  expect([...scene.defaultNetworks]).toEqual(['kube-system/gone', 'team/lan'])
})

test('a name is guessed among the networks of one namespace', () => {
  const {nearName} = sceneOf(text)

  expect([nearName('team', 'lam'), nearName('other', 'lam')]).toEqual(['lan', undefined])
})

function sceneOf(written: string): Scene {
  const source = {name: 'all.yaml', text: written, origin: 'file'} as const
  return makeScene([{source, objects: readDocuments(written).objects}])
}

/** The scene, of which nobody can have a list of everything. */
function withoutLists(scene: Scene): Scene {
  return new Proxy(scene, {
    get: (target, key, receiver) => {
      if ((everything as readonly (string | symbol)[]).includes(key))
        throw new Error(`it goes through all ${String(key)}`)
      return Reflect.get(target, key, receiver) as unknown
    },
  })
}
