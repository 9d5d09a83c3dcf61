import {kubectl} from '../../support/cluster.ts'
import type {Fault} from './fault.ts'

const name = 'k8s-local-verify-old123'

export const namespaceLeft: Fault = {
  title: 'the namespace of a run that was killed is left',
  fails: {'nothing-left': /of older runs namespace k8s-local-verify-old123 is left/},
  async inject({cluster}) {
    await kubectl(cluster, ['create', 'namespace', name])
    await kubectl(cluster, [
      'label',
      'namespace',
      name,
      'app.kubernetes.io/managed-by=k8s-local',
      'k8s-local.dev/run=old123',
    ])
  },
  heal: async ({cluster}) => void (await kubectl(cluster, ['delete', 'namespace', name])),
}
