import type {Rule} from '../rule.ts'
import {entryOf, listAt} from '../tree-access.ts'

export const defaultRouteRequest: Rule = {
  code: 'KL-L509',
  title: 'default-route does nothing in this Multus',
  severity: 'warn',
  why: 'In Multus 4.2 and 4.3 the pod keeps the default route of eth0, is Ready, and no event tells of it (seen on a real cluster with 4.3.0; multus-cni pull request 1552 has a fix, no release has it). Offline 4.3 counts, which k8s-local installs. An empty list removes the default route of every interface (multus-cni #1011).',
  fix: 'Give the network the routes 0.0.0.0/1 and 128.0.0.0/1 through its gateway',
  *request({attachments}, _, {facts}) {
    const version = facts ? facts.multusVersion : '4.3'
    for (const {tree} of attachments) {
      const entry = entryOf(tree, 'default-route')
      if (!entry) continue
      if (listAt(tree, 'default-route')?.items.length === 0)
        yield {
          at: entry.at,
          message: 'an empty default-route removes the default route of every interface, that of eth0 too',
          fix: 'Leave "default-route" out',
        }
      else if (version !== undefined && /^v?4\.[23](?:\.|$)/.test(version))
        yield {
          at: entry.at,
          ...(facts && {severity: 'error' as const}),
          message: `Multus ${version} does not carry out default-route: the pod keeps that of eth0, without a word`,
          fix: 'Remove it, and give the network the routes 0.0.0.0/1 and 128.0.0.0/1 through its gateway',
        }
    }
  },
}
