import {pluginsPresent} from '../../checks/install/plugins-present.ts'
import type {Deed} from '../../checks/check.ts'
import {pluginFolder} from '../../templates/plugin-folder.ts'
import {sceneOfTarget} from '../scene.ts'
import type {Fault, Repair} from './repair.ts'
import type {RepairFacts} from './repair-facts.ts'
import {restartDaemon, restartMultus} from './restart-daemon.ts'
import {waitForRollout} from './waits.ts'

const binaries = '/opt/cni/bin'

/** The plugins that the check looks for. Each comes back from where it came: Multus' and whereabouts' pods bring their own, all others are in the archive. */
export const cniPlugins: Repair = {
  title: 'CNI plugins are on the nodes',
  finds(facts) {
    const subjects = pluginsPresent.subjects(sceneOfTarget(facts, {runId: facts.runId, everyNode: false}))
    return 'skip' in subjects ? [] : subjects.flatMap((subject) => faultOf(subject, facts) ?? [])
  },
}

function faultOf(
  {node, plugins}: {readonly node: string; readonly plugins: readonly string[]},
  facts: RepairFacts,
): Fault | undefined {
  const found = facts.onNodes[node]?.plugins ?? {}
  if (Object.keys(found).length === 0) return undefined
  const missing = plugins.filter((plugin) => found[plugin] === undefined)
  const broken = plugins.filter((plugin) => found[plugin] === 'broken')
  if (missing.length + broken.length === 0) return undefined
  return {
    subject: node,
    summary: [
      ...(missing.length > 0 ? [`missing in ${binaries}: ${missing.join(', ')}`] : []),
      ...(broken.length > 0 ? [`empty, or not to be executed: ${broken.join(', ')}`] : []),
    ].join('; '),
    cause: 'pods that ask for such a network do not start',
    mends: [
      ...broken.map((plugin) => remove(`${binaries}/${plugin}`, node)),
      ...bringBack({node, missing, broken}, facts),
    ],
  }
}

function bringBack(
  {
    node,
    missing,
    broken,
  }: {readonly node: string; readonly missing: readonly string[]; readonly broken: readonly string[]},
  facts: RepairFacts,
): readonly Deed[] {
  const lost = [...missing, ...broken]
  const whereabouts = {namespace: 'kube-system', name: 'whereabouts'} as const
  return [
    ...copies({node, lost, broken}, facts),
    ...(lost.includes('whereabouts')
      ? [
          ...restartDaemon({...whereabouts, node, title: 'whereabouts'}, facts),
          waitForRollout('DaemonSet', whereabouts.namespace, whereabouts.name),
        ]
      : []),
    ...(lost.some(isOfMultus) ? restartMultus(node, facts) : []),
  ]
}

/** What was unpacked is linked into the folder: a broken program is broken there too, so all of it is unpacked again. */
function copies(
  {node, lost, broken}: {readonly node: string; readonly lost: readonly string[]; readonly broken: readonly string[]},
  {artifacts}: RepairFacts,
): readonly Deed[] {
  const artifact = artifacts.find(({name}) => name === 'cni-plugins')
  if (!artifact || !lost.some(isOfArchive)) return []
  return [
    ...(broken.some(isOfArchive) ? [remove(pluginFolder(artifact.version), node)] : []),
    {
      title: `Copy the CNI plugins ${artifact.version} into ${node}`,
      action: {type: 'copy-cni-plugins', artifact, nodes: [node]},
    },
  ]
}

function remove(path: string, node: string): Deed {
  return {title: `Remove ${path} from ${node}`, action: {type: 'delete-node-files', path, nodes: [node]}}
}

function isOfMultus(plugin: string): boolean {
  return plugin.startsWith('multus')
}

function isOfArchive(plugin: string): boolean {
  return plugin !== 'whereabouts' && !isOfMultus(plugin)
}
