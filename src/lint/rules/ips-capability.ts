import {insertMember} from '../edits.ts'
import type {Rule} from '../rule.ts'
import {namespaceOf, type Network} from '../scene.ts'
import {entryOf, isTrue, mapAt, treeAt} from '../tree-access.ts'

export const ipsCapability: Rule = {
  code: 'KL-L506',
  title: 'The network does not take requested addresses',
  severity: 'error',
  why: 'Without "capabilities": {"ips": true} on the plugin that has the ipam the request is silently ignored: the pod runs, with another address (seen on a real cluster). whereabouts adds a requested address to the one from its pool and does not record it, dhcp has no such thing (multus facts 2.3).',
  fix: 'Add "capabilities": {"ips": true} beside "ipam", with host-local or static',
  *request({attachments}, workload, {network}) {
    for (const {ips, namespace, network: asked} of attachments) {
      const [first] = ips
      const target = network(namespace?.text ?? namespaceOf(workload), asked.text)
      const owner = target?.config?.plugins.find(({ipam}) => ipam)
      if (!first || !target || !owner?.ipam) continue
      const {type} = owner.ipam
      if (type === 'whereabouts' || type === 'dhcp') {
        yield {
          at: first.at,
          severity: 'warn',
          message:
            type === 'dhcp'
              ? 'dhcp takes no requested address'
              : 'whereabouts gives the requested address on top of one from its pool, and does not record it',
          fix: 'Use host-local or static for addresses that are asked for',
        }
      } else if (!isTrue(treeAt(owner.tree, 'capabilities', 'ips'))) {
        const edit = declare(target, owner.tree)
        yield {
          at: first.at,
          message: `${namespaceOf(target)}/${target.name} ignores requested addresses: it lacks the capability "ips"`,
          fix: 'Add "capabilities": {"ips": true} to the network, beside its "ipam"',
          ...(edit && {edit, editOn: target}),
        }
      }
    }
  },
}

function declare({source, config}: Network, plugin: Parameters<typeof insertMember>[2]) {
  if (!config) return undefined
  const declared = mapAt(plugin, 'capabilities')
  if (declared)
    return entryOf(declared, 'ips') ? undefined : insertMember(source.text, config.host, declared, '"ips": true')
  return entryOf(plugin, 'capabilities')
    ? undefined
    : insertMember(source.text, config.host, plugin, '"capabilities": {"ips": true}')
}
