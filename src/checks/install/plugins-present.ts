import type {MultusMode} from '../../catalog/multus/index.ts'
import type {Check} from '../check.ts'
import {couldNotLook, textOf} from '../seen.ts'

const binaries = '/opt/cni/bin'

/** What `readBinaries` reads. */
export const listBinaries: readonly string[] = ['ls', '-lL', binaries]

/** M05: every plugin that a network names is on every node, and can be executed. */
export const pluginsPresent: Check<{readonly node: string; readonly plugins: readonly string[]}> = {
  id: 'M05',
  title: 'CNI plugins are on the node',
  tier: 'quick',
  severity: 'error',
  needs: ['folders', 'node-access'],
  subjects(scene) {
    const own = scene.multus === 'none' ? [] : [multusPrograms[scene.multus]]
    const plugins = [...new Set([...own, ...scene.networks.flatMap((network) => network.plugins)])].toSorted()
    return plugins.length === 0 ? [] : scene.nodes.map(({name}) => ({node: name, plugins}))
  },
  label: ({node}) => node,
  probes: ({node}) => ({list: {type: 'node', node, argv: listBinaries}}),
  judge(evidence, {node, plugins}) {
    const looked = textOf(evidence, 'list')
    if ('missing' in looked) return couldNotLook(`${binaries} on ${node}`, looked)
    const present = readBinaries(looked.value)
    const missing = plugins.filter((plugin) => !present.has(plugin))
    const broken = plugins.filter((plugin) => present.get(plugin) === 'broken')
    if (missing.length > 0) {
      return {
        status: 'fail',
        summary: `${missing.join(', ')} missing in ${binaries}`,
        cause: 'pods that ask for such a network stay in ContainerCreating: failed to find plugin',
        fix: whatToDo(missing),
      }
    }
    if (broken.length > 0)
      return {
        status: 'fail',
        summary: `${broken.join(', ')} in ${binaries} cannot be executed or is empty`,
        fix: whatToDo(broken),
      }
    return {status: 'pass', summary: `${plugins.join(', ')} present (${present.size} binaries in all)`}
  },
}

/** What the runtime calls: multus facts §1.3. */
const multusPrograms: Readonly<Record<MultusMode, string>> = {thin: 'multus', thick: 'multus-shim'}

/** From `ls -l`: regular files, with whether all may execute them and they hold anything. */
export function readBinaries(listing: string): ReadonlyMap<string, 'good' | 'broken'> {
  const rows = listing.split('\n').flatMap((line) => {
    const match = /^-(\S{9})\S*\s+\d+\s+\S+\s+\S+\s+(\d+)\s.*\s(\S+)$/.exec(line)
    if (!match?.[1] || !match[3]) return []
    const good = match[1].charAt(2) === 'x' && Number(match[2]) > 0
    return [[match[3], good ? 'good' : 'broken'] as const]
  })
  return new Map(rows)
}

function whatToDo(plugins: readonly string[]): string {
  if (plugins.includes('whereabouts'))
    return 'k8s-local net add installs whereabouts; for a network of yours: --ipam host-local'
  if (plugins.some((plugin) => plugin.startsWith('multus')))
    return 'kubectl -n kube-system rollout restart ds/kube-multus-ds'
  return 'run k8s-local create again with the same flags: it copies what is missing'
}
