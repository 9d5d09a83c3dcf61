import type {Rule} from '../rule.ts'

export const description: Rule = {
  code: 'KL-L701',
  title: 'Nothing says what the network is for',
  severity: 'info',
  why: 'The name of a network tells little, and whoever looks at a pod a year later has only the object. kubernetes.io/description is the well-known annotation for it.',
  fix: 'Add the annotation kubernetes.io/description',
  *network({annotations, nameAt}) {
    if (
      annotations?.entries.some(
        ({key, value}) => /(?:^|\/)description$/.test(key) && value.kind === 'text' && value.value !== '',
      )
    )
      return
    yield {
      at: nameAt,
      message: 'nothing says what the network is for',
      fix: 'Add the annotation kubernetes.io/description',
    }
  },
}
