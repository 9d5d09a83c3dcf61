import {chainPlugins} from '../../catalog/chain/index.ts'
import type {ChainOption} from '../../catalog/chain/chain-option.ts'
import type {KernelLink} from '../../catalog/kernel-link.ts'
import {networkTypes} from '../../catalog/network/index.ts'
import type {NetworkOption} from '../../catalog/network/network-option.ts'
import type {Check, Scene} from '../check.ts'

type Subject = {readonly links: readonly NeededLink[]}

type NeededLink = {
  readonly kind: string
  readonly module: string
  readonly networks: readonly string[]
  /** The kernel's words, where it does not make such links. */
  readonly refused: string | null
}

/** H03: the nodes' kernel makes the links that the networks' plugins ask it for. */
export const kernelLinks: Check<Subject> = {
  id: 'H03',
  title: 'Kernel makes the links',
  tier: 'quick',
  severity: 'error',
  needs: ['host', 'networks'],
  subjects(scene) {
    const links = neededLinks(scene)
    return links.length > 0 ? [{links}] : {skip: 'no network needs a link of a kind that is known'}
  },
  label: () => '',
  probes: () => ({}),
  judge(_, {links}) {
    const refused = links.filter((link) => link.refused !== null)
    if (refused.length === 0)
      return {status: 'pass', summary: `the kernel makes links of ${links.map(({kind}) => kind).join(', ')}`}
    const modules = refused.map(({module}) => module).join(' ')
    return {
      status: 'fail',
      summary: refused
        .map(({kind, networks}) => `the kernel makes no ${kind}, which ${networks.join(', ')} needs`)
        .join('; '),
      evidence: refused.map((link) => `${link.kind}: ${link.refused}`),
      cause: `its module is not there: ${modules}`,
      fix: `modprobe -a ${modules} on the machine of the engine; a kernel without them needs another network type`,
    }
  },
}

function neededLinks({networks, surroundings}: Scene): readonly NeededLink[] {
  const refused = surroundings?.host?.refusedLinks ?? {}
  const needed = new Map<string, {readonly link: KernelLink; readonly networks: string[]}>()
  for (const {namespace, name, plugins} of networks)
    for (const link of plugins.flatMap((plugin) => linkOf(plugin) ?? [])) {
      const entry = needed.get(link.kind) ?? {link, networks: []}
      entry.networks.push(`${namespace}/${name}`)
      needed.set(link.kind, entry)
    }
  return [...needed.values()].map(({link: {kind, module}, networks: users}) => ({
    kind,
    module,
    networks: users,
    refused: refused[kind] ?? null,
  }))
}

function linkOf(plugin: string): KernelLink | undefined {
  const options: Readonly<Record<string, NetworkOption | ChainOption>> = {...networkTypes, ...chainPlugins}
  return Object.hasOwn(options, plugin) ? options[plugin]?.link : undefined
}
