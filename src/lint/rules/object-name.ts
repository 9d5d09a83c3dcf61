import type {Rule} from '../rule.ts'
import {startOf} from '../tree-access.ts'

export const objectName: Rule = {
  code: 'KL-L108',
  title: 'The name of a network is hard to refer to',
  severity: 'warn',
  why: 'In the short form of the annotation a name has lower-case letters, digits and dashes; with a dot it can only be reached by the JSON form (multus v4.3.0 pkg/k8sclient/k8sclient.go).',
  fix: 'Use lower-case letters, digits and dashes',
  *network({name, nameAt, tree}) {
    if (name === '')
      yield {
        at: startOf(tree),
        severity: 'error',
        message: 'metadata.name is missing',
        fix: 'Add metadata.name',
      }
    else if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 253)
      yield {
        at: nameAt,
        severity: 'error',
        message: `'${name}' is no name for an object`,
        fix: 'Use lower-case letters, digits and dashes',
      }
    else if (name.includes('.'))
      yield {
        at: nameAt,
        message: `pods can ask for '${name}' only in the JSON form, because of its dot`,
        fix: `Call it ${name.replaceAll('.', '-')}`,
      }
  },
}
