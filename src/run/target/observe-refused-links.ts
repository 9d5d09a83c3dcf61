import {batchOf, kernelLinks, readRefusals} from '../../catalog/kernel-links.ts'
import {lookAtNode} from '../node-exec.ts'
import type {TargetLooker} from './target-looker.ts'

/**
 * Links of the catalog that the nodes' kernel does not make, by kind, each with the kernel's words. Each is tried in a network namespace that ends with
 * the program, on one node: nodes that are containers of one engine share its kernel. Empty where there is no node to look at, or where it cannot try.
 */
export async function observeRefusedLinks(looker: TargetLooker): Promise<Readonly<Record<string, string>>> {
  const [node] = looker.containers
  if (!node) return {}
  const links = kernelLinks()
  const {stderr} = await lookAtNode(looker, node.name, ['unshare', '--net', 'ip', '-force', '-batch', '-'], {
    stdin: batchOf(links),
  })
  return readRefusals(stderr, links)
}
