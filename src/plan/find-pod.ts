import {Problem} from '../problem.ts'
import type {TargetFacts, TargetPod} from './facts.ts'

/** The pod of that name. Throws invalid-input, with those that have networks. */
export function findPod(
  {namespace, name}: {readonly namespace: string; readonly name: string},
  {pods}: Pick<TargetFacts, 'pods'>,
): TargetPod {
  const found = pods.find((pod) => pod.namespace === namespace && pod.name === name)
  if (found) return found
  throw noSuchThing(`pod ${namespace}/${name}`, {pods})
}

/** What is said of a pod or workload that is not there. */
export function noSuchThing(what: string, {pods}: Pick<TargetFacts, 'pods'>): Problem {
  const known = pods.filter(({requested}) => requested !== '').map((pod) => `${pod.namespace}/${pod.name}`)
  return new Problem('invalid-input', {
    message: `There is no ${what}`,
    ...(known.length > 0 ? {cause: `Pods with networks: ${known.join(', ')}`} : {}),
    suggestions: ['k8s-local pod list'],
  })
}
