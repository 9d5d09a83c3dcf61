import {nodeFileAnnotation} from '../../templates/labels.ts'
import type {Rule} from '../rule.ts'
import {entryOf, leafAt, treeAt} from '../tree-access.ts'

export const configMissing: Rule = {
  code: 'KL-L106',
  title: 'The network has no configuration',
  severity: 'warn',
  why: 'Multus then looks on the node of the pod, in /etc/cni/multus/net.d, for the file whose JSON "name" is the name of the object; it has to be there on every node (network-attachment-definition-client v1.7, cniconfig.go).',
  fix: 'Put the configuration into spec.config, or see to the file on every node; k8s-local net add does that for host-local',
  *network({tree, annotations, nameAt}) {
    const written = treeAt(tree, 'spec', 'config')
    const empty =
      !written ||
      (written.kind === 'value' ? written.value === null : written.kind === 'text' && written.value.trim() === '')
    if (!empty || leafAt(annotations, nodeFileAnnotation)) return
    const misspelt = treeAt(tree, 'spec')?.kind === 'map' || entryOf(tree, 'config')
    yield {
      at: entryOf(treeAt(tree, 'spec'), 'config')?.at ?? entryOf(tree, 'spec')?.at ?? nameAt,
      message: 'spec.config is empty: every node needs a file in /etc/cni/multus/net.d with the name of this network',
      fix: misspelt && entryOf(tree, 'config') ? 'Move config below spec' : 'Put the configuration into spec.config',
    }
  },
}
