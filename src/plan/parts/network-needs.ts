import {type IpamName, ipams} from '../../catalog/ipam/index.ts'
import type {IpamOption} from '../../catalog/ipam/ipam-option.ts'
import {networkTypes} from '../../catalog/network/index.ts'
import type {NetworkOption} from '../../catalog/network/network-option.ts'
import type {StepId} from '../../steps/step.ts'
import type {TargetFacts} from '../facts.ts'
import {join, nothing, type Part, single} from '../part.ts'
import {refuse} from '../preflight-finding.ts'
import type {ResolvedNetwork} from '../resolved-network.ts'
import {pullImages} from './artifacts.ts'
import {installIpam} from './ipam.ts'
import {copyPlugins} from './plugins.ts'

/** What a network needs on the nodes and in a cluster that runs, where it is not there. Throws preflight-failed for a plugin that nobody has. */
export function networkNeeds(network: ResolvedNetwork, facts: TargetFacts): Part {
  const plugins = pluginPart(network, facts)
  return join(plugins, ipamPart(network.ipam, facts, plugins.done))
}

/** Plugins that a node lacks: ours can be copied, others are the user's to bring. */
function pluginPart({type, plugins, ipam}: ResolvedNetwork, {plugins: present, artifacts, nodes}: TargetFacts): Part {
  const {needs, plugins: own}: IpamOption = ipams[ipam]
  const installed = needs?.bringsPlugin === true ? own : []
  const missing = plugins.filter((plugin) => !present.includes(plugin) && !installed.includes(plugin))
  if (missing.length === 0) return nothing
  const {pluginsFrom}: NetworkOption = networkTypes[type]
  const archive = artifacts.find(({name}) => name === 'cni-plugins')
  if (!archive || pluginsFrom !== undefined) {
    refuse([
      {
        problem: 'preflight-failed',
        at: 'nodes',
        message: `the nodes lack ${missing.join(', ')} in /opt/cni/bin`,
        fix: pluginsFrom ?? 'copy the CNI plugins into every node, or give a bundle that has them: --bundle DIR',
      },
    ])
    return nothing
  }
  return copyPlugins(
    archive,
    nodes.map(({name}) => name),
    [],
  )
}

/** An IPAM whose plugin somebody has installed is left alone; one that is only a daemon beside the plugin is looked at each time. */
function ipamPart(ipam: IpamName, facts: TargetFacts, after: readonly StepId[]): Part {
  const {needs, plugins}: IpamOption = ipams[ipam]
  const isThere = needs?.bringsPlugin === true && plugins.every((plugin) => facts.plugins.includes(plugin))
  if (!needs || isThere) return nothing
  const images = needs.images.flatMap((name) => facts.artifacts.find((artifact) => artifact.name === name) ?? [])
  const pulled = pullImages('pull:ipam', ipam, images)
  const imported = single({
    id: 'import:ipam',
    title: `Import the images of ${ipam} into the nodes`,
    action: {type: 'import-images', artifacts: images, nodes: facts.nodes.map(({name}) => name)},
    after: pulled.done,
  })
  const installed = installIpam({
    ipam,
    images,
    manifests: facts.manifests,
    after: [...imported.done, ...after],
    readyAfter: [],
  })
  return {steps: [...pulled.steps, ...imported.steps, ...installed.steps], done: installed.done}
}
