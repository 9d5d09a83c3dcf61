import {explainAttachFailure} from '../checks/attach-causes.ts'
import {listAt, textAt} from '../checks/json-path.ts'
import type {Json} from '../steps/object.ts'
import type {Refusal} from './diagnosis.ts'

/** Why networks refuse pods, by a list of events: each cause once, with its pods. */
export function refusalsIn(events: Json): readonly Refusal[] {
  const found = listAt(events, 'items').flatMap((event) => {
    const why = textAt(event, 'type') === 'Warning' ? explainAttachFailure(textAt(event, 'message') ?? '') : undefined
    if (!why || textAt(event, 'involvedObject', 'kind') !== 'Pod') return []
    const pod = `${textAt(event, 'involvedObject', 'namespace')}/${textAt(event, 'involvedObject', 'name')}`
    return [{pod, why}]
  })
  const causes = new Map(found.map(({why}) => [why.cause, why]))
  return [...causes.values()].map((why) => ({
    ...why,
    pods: [...new Set(found.flatMap(({pod, why: {cause}}) => (cause === why.cause ? [pod] : [])))],
  }))
}
