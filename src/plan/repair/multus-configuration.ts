import {type CniName, cnis} from '../../catalog/cni/index.ts'
import type {Deed} from '../../checks/check.ts'
import {confDirectory} from '../../checks/conf-directory.ts'
import {deadlines} from '../deadlines.ts'
import type {Fault, Repair} from './repair.ts'
import type {OnNode, RepairFacts} from './repair-facts.ts'
import {restartDaemon, restartMultus} from './restart-daemon.ts'

/** On every node Multus comes first, and hands on to the primary CNI: what is stale goes, and Multus writes its file anew. */
export const multusConfiguration: Repair = {
  title: 'Multus comes first',
  finds: (facts) =>
    Object.entries(facts.onNodes).flatMap(([node, {multus}]) => (multus ? (faultOf(node, multus, facts) ?? []) : [])),
}

type Seen = NonNullable<OnNode['multus']>

function faultOf(node: string, seen: Seen, facts: RepairFacts): Fault | undefined {
  const {order, files, stale} = seen
  if (order.status === 'pass') return undefined
  const {summary, cause, fix} = order
  const said = {subject: node, summary, ...(cause !== undefined && {cause}), ...(fix !== undefined && {fix})}
  const renamed = files.filter(({name}) => /^00-multus\..*cilium_bak$/.test(name)).map(({name}) => name)
  const before = [...(stale === undefined ? [] : [stale]), ...renamed].map((file) => remove(file, node))
  const isOnlyLeftover = order.status === 'warn' && stale === undefined && renamed.length > 0
  if (isOnlyLeftover) return {...said, mends: before}
  const shadow = shadowOf(files, facts)
  const again = [...primaryAgain(node, files, facts), ...restartMultus(node, facts)]
  if (again.length === 0) return {...said, mends: []}
  if (!shadow) return {...said, mends: [...before, ...again]}
  return {
    ...said,
    cause: `${shadow.name} sorts before the file of Multus, and neither Multus nor the primary CNI has written it`,
    fix: `docker exec ${node} rm ${confDirectory}/${shadow.name}`,
    asks: `${shadow.name} on ${node} is renamed to ${asideOf(shadow.name)}`,
    mends: [...before, ...putAside(shadow, node), ...again],
  }
}

/** A configuration of somebody else that the runtime reads before Multus' own. */
function shadowOf(files: Seen['files'], {record}: RepairFacts): Seen['files'][number] | undefined {
  const first = files
    .filter(({name}) => /\.(conf|conflist|json)$/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))[0]
  const own = cnis[record.cni as CniName].confFile
  return first && first.name < '00-multus.' && first.name !== own ? first : undefined
}

/** The runtime takes no file of such a name for a configuration. */
function asideOf(name: string): string {
  return `${name}.k8s-local_bak`
}

function putAside({name, content}: Seen['files'][number], node: string): readonly Deed[] {
  return [
    {
      title: `Keep ${name} of ${node} as ${asideOf(name)}`,
      action: {type: 'write-node-files', path: `${confDirectory}/${asideOf(name)}`, files: {[node]: `${content}\n`}},
    },
    remove(name, node),
  ]
}

/** The agent of the primary CNI writes its file when it starts; without that file Multus has nobody to hand on to. */
function primaryAgain(node: string, files: Seen['files'], facts: RepairFacts): readonly Deed[] {
  const {confFile, title, ready} = cnis[facts.record.cni as CniName]
  const agent = ready.find(({kind}) => kind === 'DaemonSet')
  if (!agent || files.some(({name}) => name === confFile)) return []
  const path = `${confDirectory}/${confFile}`
  return [
    ...restartDaemon({...agent, node, title}, facts),
    {
      title: `Wait for ${confFile} on ${node}`,
      action: {
        type: 'wait',
        for: {type: 'file-on-nodes', path, nodes: [node]},
        timeoutSeconds: deadlines.mended,
        onTimeout: 'continue',
      },
    },
  ]
}

function remove(file: string, node: string): Deed {
  const path = `${confDirectory}/${file}`
  return {title: `Remove ${path} from ${node}`, action: {type: 'delete-node-files', path, nodes: [node]}}
}
