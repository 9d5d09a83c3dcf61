import {cordonedAnnotation} from '../../templates/labels.ts'
import type {Repair} from './repair.ts'

/** Only where a run of ours says that it has done it: somebody else's cordon has its reasons. */
export const cordonedNodes: Repair = {
  title: 'Nodes take pods',
  finds: ({nodeObjects}) =>
    nodeObjects
      .filter(
        ({metadata, spec}) =>
          metadata.annotations?.[cordonedAnnotation] !== undefined &&
          (spec as {readonly unschedulable?: boolean} | undefined)?.unschedulable === true,
      )
      .map(({metadata: {name}}) => ({
        subject: name,
        summary: 'a run of k8s-local that did not end has cordoned it',
        mends: [
          {
            title: `Let ${name} take pods again`,
            action: {
              type: 'patch-object',
              ref: {apiVersion: 'v1', kind: 'Node', name},
              patch: {metadata: {annotations: {[cordonedAnnotation]: null}}, spec: {unschedulable: null}},
            },
          },
        ],
      })),
}
