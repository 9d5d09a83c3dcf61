import {defaultNetworkAnnotation, networksAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'
import {entryOf, mapAt} from '../tree-access.ts'

export const misplacedAnnotation: Rule = {
  code: 'KL-L512',
  title: 'The annotation is on the workload, not on its pods',
  severity: 'error',
  why: 'Multus reads the annotations of the pod, and a pod gets those of spec.template.metadata only: the pods start without the network, and nothing tells of it.',
  fix: 'Move it to spec.template.metadata.annotations',
  *workload({tree, kind, annotations}) {
    if (kind === 'Pod') return
    const own = mapAt(tree, 'metadata', 'annotations')
    for (const key of [networksAnnotation, defaultNetworkAnnotation]) {
      const entry = entryOf(own, key)
      if (!entry || entryOf(annotations, key)) continue
      const path = kind === 'CronJob' ? 'spec.jobTemplate.spec.template' : 'spec.template'
      yield {
        at: entry.at,
        message: `${key} is on the ${kind}: its pods do not get it`,
        fix: `Move it to ${path}.metadata.annotations`,
      }
    }
  },
}
