import {resourceAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'
import {namespaceOf} from '../scene.ts'
import {listAt, mapAt, textAt} from '../tree-access.ts'

export const deviceRequest: Rule = {
  code: 'KL-L515',
  title: 'The pod asks for a device network and not for its device',
  severity: 'error',
  why: 'Multus takes the device from what the kubelet gave the pod: without the resource in requests and limits there is none, and the pod fails with: VF pci addr is required (sriov-cni pkg/config/config.go).',
  fix: 'Add the resource to requests and limits of a container',
  *request({attachments}, workload, {network}) {
    const containers = listAt(workload.podSpec, 'containers')?.items ?? []
    for (const {namespace, network: asked} of attachments) {
      const target = network(namespace?.text ?? namespaceOf(workload), asked.text)
      const resource = textAt(target?.annotations, resourceAnnotation)
      if (resource === undefined || resource === '') continue
      const has = containers.some((one) => mapAt(one, 'resources', 'limits')?.entries.some(({key}) => key === resource))
      if (!has)
        yield {
          at: asked.at,
          message: `${asked.text} needs the device ${resource}, which no container asks for`,
          fix: `Add resources.requests and resources.limits: {"${resource}": "1"}`,
        }
    }
  },
}
