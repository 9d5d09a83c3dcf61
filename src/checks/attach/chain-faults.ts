import type {Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {at, textAt} from '../json-path.ts'
import {restartMultus} from '../multus-order-faults.ts'
import type {ChainFile, PrimaryChain} from './primary-chains.ts'

/** What of a chain cannot work on a node, whatever a pod looks like; `present` are the node's plugin binaries. */
export function chainFaults(
  {kind, folder, files}: PrimaryChain,
  present: ReadonlyMap<string, 'good' | 'broken'>,
): readonly Verdict[] {
  const lacks = (plugin: string) => plugin !== '' && present.get(plugin) !== 'good'
  return [
    ...files.flatMap((file) => (file.fault === undefined ? [] : [unreadable(kind, file, file.fault)])),
    ...(kind === 'auxiliary' && lacks('passthru') ? [noPassthru(folder)] : []),
    ...files.flatMap((file) =>
      pluginsOfFile(file)
        .filter(lacks)
        .map((plugin) => lacking(plugin, file)),
    ),
    ...(kind === 'auxiliary' ? files.filter(needsInterface).map(withoutInterface) : []),
  ]
}

function unreadable(kind: PrimaryChain['kind'], {path}: ChainFile, fault: string): Verdict {
  return {
    status: 'fail',
    summary: `${path} cannot be read: ${fault}`,
    cause:
      kind === 'auxiliary'
        ? 'Multus then leaves out every plugin of the folder, for all new pods of the node, and says so in its own log alone (multus v4.3.0)'
        : 'no new pod of the node starts: Multus reads the folder together with the file of the primary CNI',
    fix: `correct or remove ${path} on the node, ${withoutRestart}`,
  }
}

function lacking(plugin: string, {path}: ChainFile): Verdict {
  return {
    status: 'fail',
    summary: `${plugin}, which ${path} names, is missing in /opt/cni/bin, or cannot be executed`,
    cause: `no new pod of the node starts: failed to find plugin "${plugin}"`,
    fix: `put ${plugin} into /opt/cni/bin of the node, or remove ${path}, ${withoutRestart}`,
  }
}

function noPassthru(folder: string): Verdict {
  return {
    status: 'fail',
    summary: `passthru, which Multus calls before the plugins of ${folder}, is missing in /opt/cni/bin, or cannot be executed`,
    cause: 'no new pod of the node starts: failed to find plugin "passthru"; Multus copies it when its pod starts',
    fix: restartMultus,
  }
}

function withoutInterface({path, type}: ChainFile): Verdict {
  return {
    status: 'fail',
    summary: `${path} makes ${type} change the interface that it is called for, and in this folder that is none of the pod's`,
    cause:
      "no new pod of the node starts: Multus gives this chain an interface name of its own, such as net1, which no plugin makes (multus v4.3.0; the example of Multus' own documentation has IFNAME)",
    fix: `write eth0 in the place of IFNAME in ${path}, or put the file into the folder with the name of the primary CNI's network, ${withoutRestart}`,
  }
}

const withoutRestart = 'and create the pods anew: the folder is read for each pod, nothing has to be restarted'

function pluginsOfFile({type, config}: ChainFile): readonly string[] {
  return [type, textAt(config, 'ipam', 'type') ?? '']
}

/** Of `tuning` it is known what it does to the interface by its name (plugins v1.9.1, tuning.go). */
function needsInterface({type, config}: ChainFile): boolean {
  if (type !== 'tuning') return false
  const touches = ['mac', 'mtu', 'promisc', 'allmulti', 'txQLen'].some((key) => isAsked(at(config, key)))
  return touches || Object.keys(Object(at(config, 'sysctl'))).some((sysctl) => sysctl.includes('IFNAME'))
}

function isAsked(value: Json | undefined): boolean {
  return value !== undefined && value !== '' && value !== 0 && value !== false && value !== null
}
