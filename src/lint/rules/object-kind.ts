import {editIn} from '../edits.ts'
import {nearestName} from '../../spec/nearest-name.ts'
import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

const kind = 'NetworkAttachmentDefinition'
const apiVersion = 'k8s.cni.cncf.io/v1'

export const objectKind: Rule = {
  code: 'KL-L107',
  title: 'Kind or apiVersion of a network is misspelt',
  severity: 'error',
  why: 'The cluster knows k8s.cni.cncf.io/v1 NetworkAttachmentDefinition and nothing near it: the object is refused (seen in multus-cni #278).',
  fix: 'Write apiVersion: k8s.cni.cncf.io/v1 and kind: NetworkAttachmentDefinition',
  *object({tree, kind: written, apiVersion: version}) {
    const ours = written === kind
    const leaf = leafAt(tree, ours ? 'apiVersion' : 'kind')
    if (!leaf) return
    if (ours && version !== apiVersion) {
      yield {
        at: leaf,
        message: `apiVersion of a ${kind} is ${apiVersion}, not ${version}`,
        fix: `Write apiVersion: ${apiVersion}`,
        edit: editIn(leaf, inner(leaf), apiVersion),
      }
    }
    if (!ours && nearestName(written, [kind]))
      yield {
        at: leaf,
        message: `there is no kind ${written}`,
        fix: `Write kind: ${kind}`,
        edit: editIn(leaf, inner(leaf), kind),
      }
  },
}

/** The characters between the quotes, where there are any. */
function inner({start, end, style}: {readonly start: number; readonly end: number; readonly style: string}) {
  return style === 'plain' ? {start, end} : {start: start + 1, end: end - 1}
}
