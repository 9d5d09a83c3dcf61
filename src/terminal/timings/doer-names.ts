import type {Doer} from '../../run/doer-of.ts'

/** Those who work in a run, as people know them. */
export const doerNames: Readonly<Record<Doer, string>> = {
  kind: 'kind and kubeadm',
  cni: 'the primary CNI',
  multus: 'Multus and its IPAM',
  kubernetes: 'Kubernetes',
  engine: 'the container engine',
  images: 'images and downloads',
  'k8s-local': 'k8s-local itself',
}

/** `51 %`. */
export function shareText(share: number): string {
  return `${Math.round(share * 100)} %`
}
