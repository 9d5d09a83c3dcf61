import {expect, test} from 'vitest'
import {detectNetworking} from '../../src/run/target/detect-networking.ts'

test.each([
  ['Cilium', [set('cilium', 'quay.io/cilium/cilium:v1.18.2@sha256:0')], {cni: 'cilium', cniVersion: '1.18.2'}],
  ['Calico of its operator', [set('calico-node', 'quay.io/calico/node:v3.31.0', 'calico-system')], {cni: 'calico'}],
  ['kindnet', [set('kindnet', 'docker.io/kindest/kindnetd:v20250512')], {cni: 'kindnet'}],
  ['Flannel', [set('kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.27.0', 'kube-flannel')], {cni: 'flannel'}],
  ['one that nobody knows', [set('fancy-net', 'example.org/fancy:1')], {cni: 'unknown', cniVersion: 'unknown'}],
])('%s is told by its DaemonSet', (_, sets, expected) => {
  expect(detectNetworking(sets)).toMatchObject({...expected, multus: 'none'})
})

test.each([
  ['thin, of upstream', set('kube-multus-ds', 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0'), 'thin'],
  ['thick, of upstream', set('kube-multus-ds', 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0-thick'), 'thick'],
  ['of RKE2', set('rke2-multus', 'docker.io/rancher/hardened-multus-cni:v4.2.1'), 'thin'],
  ['of OpenShift', set('multus', 'quay.io/openshift/multus-cni:4.18', 'openshift-multus'), 'thin'],
])('Multus %s is found where it runs', (_, multus, mode) => {
  const {namespace, name} = multus.metadata
  const others = [
    set('rke2-multus-whereabouts', 'docker.io/rancher/hardened-whereabouts:v0.9.0'),
    set('multus-additional-cni-plugins', 'quay.io/openshift/cni-plugins:4.18', 'openshift-multus'),
  ]

  expect(detectNetworking([...others, multus])).toMatchObject({
    multus: mode,
    detected: {multusSet: {namespace, name, selector: `app=${name}`}},
  })
})

function set(name: string, image: string, namespace = 'kube-system') {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {name, namespace},
    spec: {selector: {matchLabels: {app: name}}, template: {spec: {containers: [{image}]}}},
  }
}

test('folders that are not the usual ones are known, so that nobody misses files there', () => {
  const multus = set('kube-multus-ds', 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0')
  const withVolumes = (paths: readonly string[]) =>
    detectNetworking([
      {
        ...multus,
        spec: {...multus.spec, template: {spec: {volumes: paths.map((path) => ({hostPath: {path}}))}}},
      },
    ]).detected.otherFolder

  expect(withVolumes(['/etc/cni/net.d', '/opt/cni/bin', '/run'])).toBeUndefined()
  expect(withVolumes(['/var/lib/rancher/k3s/agent/etc/cni/net.d'])).toBe('/var/lib/rancher/k3s/agent/etc/cni/net.d')
})
