import type {Rule} from '../rule.ts'

/** Has nothing to look at: the readers find it, and the command ends with exit code 2. */
export const textUnreadable: Rule = {
  code: 'KL-L001',
  title: 'The document is neither YAML nor JSON',
  severity: 'error',
  why: 'kubectl refuses the whole file, and what stands in this document was not judged. The other documents were.',
  fix: 'Mend the text at this place; indentation, quotes and brackets that are not closed are usual',
}
