import type {Plan} from '../../src/steps/step.ts'
import {toYaml} from '../../src/to-yaml.ts'

/** The objects that a plan applies, as YAML documents. */
export function objectsText({steps}: Plan): string {
  return steps
    .flatMap(({action}) => (action.type === 'apply-objects' ? action.objects : []))
    .map((object) => toYaml(object))
    .join('---\n')
}
