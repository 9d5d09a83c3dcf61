import {resourceAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

export const resourceAbsent: Rule = {
  code: 'KL-L209',
  title: 'No node advertises the device that the network needs',
  severity: 'error',
  why: 'Pods that ask for the resource stay Pending: Insufficient RESOURCE; those that do not ask get no device. A device plugin advertises it, and nodes of kind have no device to give. Judged only with a cluster.',
  fix: 'Install the device plugin on nodes that have the device, or name the resource that they advertise',
  *network({annotations}, {facts}) {
    const leaf = leafAt(annotations, resourceAnnotation)
    if (!facts || !leaf?.value || facts.nodes.some(({resources}) => resources.includes(leaf.value))) return
    const others = [...new Set(facts.nodes.flatMap(({resources}) => resources))]
    yield {
      at: leaf,
      message: `no node of ${facts.cluster} advertises ${leaf.value}`,
      fix:
        others.length === 0
          ? 'Install the device plugin on nodes that have the device'
          : `Nodes advertise ${others.join(', ')}: name one of them, or install the device plugin`,
    }
  },
}
