import {resourceAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'
import {entryOf, leafAt} from '../tree-access.ts'

export const sriovResource: Rule = {
  code: 'KL-L208',
  title: 'An SR-IOV network names no resource',
  severity: 'error',
  why: 'Multus passes on a virtual function only for the resource that the annotation k8s.v1.cni.cncf.io/resourceName names; without, the plugin fails with: VF pci addr is required (sriov-cni pkg/config/config.go).',
  fix: 'Add the annotation k8s.v1.cni.cncf.io/resourceName with the resource that the device plugin advertises',
  *network({config, annotations}) {
    for (const {tree, type} of config?.plugins ?? []) {
      if (type !== 'sriov' && type !== 'ib-sriov') continue
      if (leafAt(annotations, resourceAnnotation)?.value || entryOf(tree, 'deviceID')) continue
      yield {
        at: entryOf(tree, 'type')?.value ?? tree,
        message: `no resource is named, so ${type} gets no virtual function`,
        fix: `Add the annotation ${resourceAnnotation}, such as intel.com/sriov_netdevice`,
      }
    }
  },
}
