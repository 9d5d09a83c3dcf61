import {managedBy} from '../../templates/labels.ts'
import {plugins} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import {type LintNode, type Network, nodesOf} from '../scene.ts'
import {isTrue, leafAt, textAt, treeAt} from '../tree-access.ts'

export const masterAbsent: Rule = {
  code: 'KL-L401',
  title: 'The nodes have no such NIC',
  severity: 'warn',
  why: 'The pod fails with: Link not found. A node of kind has one NIC, eth0 (kind #2939, #1316 refuse more); eth1 and further are those that somebody connected. With a cluster its nodes are asked, and a NIC that is missing is an error.',
  fix: 'k8s-local create --network NAME gives every node a NIC; net lint --cluster NAME asks the nodes that there are',
  *network(network, {facts}) {
    for (const {tree, type} of network.config?.plugins ?? []) {
      const known = Object.hasOwn(plugins, type) ? plugins[type] : undefined
      const leaf = leafAt(tree, type === 'host-device' ? 'device' : 'master')
      if (
        !leaf ||
        leaf.value === '' ||
        (!known?.master && type !== 'host-device') ||
        isTrue(treeAt(tree, 'linkInContainer'))
      )
        continue
      if (facts) yield* onNodes(leaf, nodesOf(network, facts))
      else if (leaf.value !== 'eth0' && !isFitted(network))
        yield {
          at: leaf,
          message: `a plain node of kind has no ${leaf.value}, only eth0`,
          fix: 'Give every node one: k8s-local create --network NAME',
        }
    }
  },
}

/** net add looked at the nodes before it wrote the master. */
function isFitted({tree}: Network): boolean {
  return Object.entries(managedBy).every(([key, value]) => textAt(tree, 'metadata', 'labels', key) === value)
}

function* onNodes(leaf: Found['at'] & {readonly value: string}, nodes: readonly LintNode[]): Iterable<Found> {
  const looked = nodes.filter(({interfaces}) => interfaces.length > 0)
  const without = looked
    .filter(({interfaces}) => !interfaces.some(({name}) => name === leaf.value))
    .map(({name}) => name)
  if (without.length === 0) return
  const everywhere =
    looked[0]?.interfaces
      .map(({name}) => name)
      .filter((name) => looked.every(({interfaces}) => interfaces.some((nic) => nic.name === name))) ?? []
  yield {
    at: leaf,
    severity: 'error',
    message: `${leaf.value} does not exist on ${without.join(', ')}`,
    fix: `On every node there are: ${everywhere.join(', ') || 'none'}`,
  }
}
