import {plugins} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import {type Config, namespaceOf} from '../scene.ts'
import {entryOf, isTrue, leafAt, treeAt} from '../tree-access.ts'

export const otherCapability: Rule = {
  code: 'KL-L508',
  title: 'The network does not take what the pod asks of it',
  severity: 'error',
  why: 'portMappings and bandwidth reach only a chained portmap or bandwidth that declares the capability, and are otherwise dropped without a word; a MAC address can be had from macvlan, bridge, tap, sriov and tuning only (libcni pkg/api; multus facts 2.3).',
  fix: 'Chain the plugin and declare the capability: {"type": "portmap", "capabilities": {"portMappings": true}}',
  *request({attachments}, workload, {network}) {
    for (const {tree, namespace, network: asked} of attachments) {
      if (!tree) continue
      const mac = leafAt(tree, 'mac')
      if (mac && !/^(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/.test(mac.value))
        yield {
          at: mac,
          message: `'${mac.value}' is no MAC address`,
          fix: 'Write six pairs of digits, such as 02:00:00:00:00:01',
        }
      const target = network(namespace?.text ?? namespaceOf(workload), asked.text)
      if (!target?.config?.root) continue
      const {name} = target
      const ports = entryOf(tree, 'portMappings')
      if (ports) yield* chained(target.config, {at: ports.at, plugin: 'portmap', capability: 'portMappings', name})
      const rates = entryOf(tree, 'bandwidth')
      if (rates) yield* chained(target.config, {at: rates.at, plugin: 'bandwidth', capability: 'bandwidth', name})
      if (mac && !takesMac(target.config))
        yield {
          at: mac,
          message: `${name} cannot set a MAC address: no plugin of its takes one`,
          fix: 'Chain {"type": "tuning", "capabilities": {"mac": true}}, or use macvlan or bridge',
        }
    }
  },
}

function* chained(
  {plugins: chain}: Config,
  {at, plugin, capability, name}: {at: Found['at']; plugin: string; capability: string; name: string},
): Iterable<Found> {
  if (chain.some(({tree}) => isTrue(treeAt(tree, 'capabilities', capability)))) return
  yield {
    at,
    message: `${name} drops ${capability}: no plugin of its declares the capability`,
    fix: `Chain {"type": "${plugin}", "capabilities": {"${capability}": true}} in the network`,
  }
}

/** Plugins that nobody here knows may take one. */
function takesMac({plugins: chain}: Config): boolean {
  return chain.some(({type}) => !Object.hasOwn(plugins, type) || plugins[type]?.mac)
}
