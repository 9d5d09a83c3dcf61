import type {Repair} from './repair.ts'
import {waitForRollout} from './waits.ts'

const namespace = 'kube-system'

/**
 * With `cni-exclusive` the agents rename every configuration but their own when they start: pods then get eth0 only, without an event, while Multus' DaemonSet
 * reports a good roll-out (seen with Cilium 1.15.19 and 1.20.2). Switched off it counts from the agents' next start.
 */
export const ciliumExclusive: Repair = {
  title: 'Cilium leaves room for Multus',
  finds({record, runId, ciliumConfig}) {
    const {data} = (ciliumConfig ?? {}) as {readonly data?: Readonly<Record<string, string>>}
    if (record.multus === 'none' || data?.['cni-exclusive'] !== 'true') return []
    return [
      {
        subject: '',
        summary: 'Cilium is exclusive: its agents rename the configuration of Multus when they start',
        cause: 'cni-exclusive is true in the ConfigMap cilium-config',
        mends: [
          {
            title: 'Switch cni-exclusive off',
            action: {
              type: 'patch-object',
              ref: {apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'cilium-config'},
              patch: {data: {'cni-exclusive': 'false'}},
            },
          },
          {
            title: "Restart Cilium's agents",
            action: {
              type: 'patch-object',
              ref: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'cilium'},
              patch: {spec: {template: {metadata: {annotations: {'k8s-local.dev/restarted-by': runId}}}}},
            },
          },
          waitForRollout('DaemonSet', namespace, 'cilium'),
        ],
      },
    ]
  },
}
