import {Problem} from '../problem.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'

/** Throws multus-missing for a cluster in which nothing could attach a pod to a network. */
export function needMultus({cluster, record}: TargetFacts): void {
  if (record.multus !== 'none') return
  throw new Problem('multus-missing', {
    message: `The cluster ${cluster} has no Multus: pods cannot attach to networks`,
    suggestions: [`k8s-local delete ${cluster}, then k8s-local create ${cluster} --multus thin`],
  })
}

/** The network of that name. Throws network-not-found, with the names that there are. */
export function findNetwork(
  reference: {readonly namespace: string; readonly name: string},
  {networks}: TargetFacts,
): TargetNetwork {
  const found = networks.find(({namespace, name}) => namespace === reference.namespace && name === reference.name)
  if (found) return found
  const elsewhere = networks
    .filter(({name}) => name === reference.name)
    .map(({namespace, name}) => `${namespace}/${name}`)
  throw new Problem('network-not-found', {
    message: `There is no network ${reference.namespace}/${reference.name}`,
    cause:
      elsewhere.length > 0
        ? `There is ${elsewhere.join(', ')}`
        : networks.length > 0
          ? `There are ${networks.map(({namespace, name}) => `${namespace}/${name}`).join(', ')}`
          : 'There is no network at all',
    suggestions: ['k8s-local net list'],
  })
}
