import type {TargetNetwork} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import {nearestName} from '../spec/nearest-name.ts'

/** The network of that namespace and name. Throws network-not-found that names those that there are. */
export function findNetwork(
  {namespace, name}: {readonly namespace: string; readonly name: string},
  networks: readonly TargetNetwork[],
): TargetNetwork {
  const found = networks.find((one) => one.namespace === namespace && one.name === name)
  if (found) return found
  const names = networks.map((one) => `${one.namespace}/${one.name}`)
  const near = nearestName(`${namespace}/${name}`, names)
  throw new Problem('network-not-found', {
    message: `There is no network ${namespace}/${name}`,
    ...(names.length > 0 && {cause: `There are: ${names.join(', ')}`}),
    suggestions: [...(near ? [`Did you mean ${near}?`] : []), 'k8s-local net list'],
  })
}
