import type {ManifestEdit} from '../../steps/action.ts'
import type {CniContext, CniOption} from './cni-option.ts'

export const calico = {
  title: 'Calico',
  summary:
    'iptables data path over VXLAN, network policies, close to what many production clusters run; choose thin Multus with it',
  images: ['calico-node', 'calico-cni', 'calico-kube-controllers'],
  supported: {min: '3.30', max: '3.32'},
  versionOf: 'calico-manifest',
  confFile: '10-calico.conflist',
  networkName: 'k8s-pod-network',
  install: (context) => ({by: 'manifest', manifest: 'calico-manifest', edits: calicoEdits(context)}),
  ready: [
    {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'calico-node'},
    {type: 'rollout', kind: 'Deployment', namespace: 'kube-system', name: 'calico-kube-controllers'},
  ],
  // The thick daemon up to 4.3.0 hands Calico's plugin a configuration without its kubeconfig when a pod ends, and says
  // nothing of the failure: every address leaks (multus #1449, #1454). The plugin then falls back on this variable.
  thickEnvironment: {KUBECONFIG: '/etc/cni/net.d/calico-kubeconfig'},
} as const satisfies CniOption

/**
 * Calico's manifests/calico.yaml as it is has BGP between the nodes and IP-in-IP; kernels without the module ipip exist, VXLAN
 * works everywhere. Each text occurs exactly once in every release from 3.30.0 to 3.32.1 (their indentation differs, so no
 * text spans lines where it does).
 */
function calicoEdits({podSubnet, device}: CniContext): readonly ManifestEdit[] {
  return [
    {find: 'calico_backend: "bird"', replace: 'calico_backend: "vxlan"'},
    {find: environment('CALICO_IPV4POOL_IPIP', 'Always'), replace: environment('CALICO_IPV4POOL_IPIP', 'Never')},
    {find: environment('CALICO_IPV4POOL_VXLAN', 'Never'), replace: environment('CALICO_IPV4POOL_VXLAN', 'Always')},
    {
      find: '# - name: CALICO_IPV4POOL_CIDR\n            #   value: "192.168.0.0/16"',
      replace: environment('CALICO_IPV4POOL_CIDR', podSubnet),
    },
    // The first NIC found may be one of an extra network (calico #8783, #6556).
    {
      find: environment('IP', 'autodetect'),
      replace: `${environment('IP', 'autodetect')}\n            ${environment('IP_AUTODETECTION_METHOD', `interface=${device}`)}`,
    },
    {find: '- -bird-live', replace: '# -bird-live: there is no BIRD with VXLAN'},
    {find: '- -bird-ready', replace: '# -bird-ready: there is no BIRD with VXLAN'},
  ]
}

/** An environment variable as the manifest writes it, from its dash on. */
function environment(name: string, value: string): string {
  return `- name: ${name}\n              value: "${value}"`
}
