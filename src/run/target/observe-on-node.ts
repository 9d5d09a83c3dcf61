import {judgeMultusOrder, type MultusExpectation} from '../../checks/conf-directory.ts'
import {listBinaries, readBinaries} from '../../checks/install/plugins-present.ts'
import type {NodeLease, OnNode} from '../../plan/repair/repair-facts.ts'
import type {StepContext} from '../executor.ts'
import {lookAtNode} from '../node-exec.ts'
import {nodeInterfaces} from '../node-interfaces.ts'
import {podNamespaces} from '../pod-namespaces.ts'
import {listConfigs, readConfigs} from '../readiness/cni-configs.ts'
import {judgeMultus} from '../readiness/judge-multus.ts'

export interface NodeWish {
  /** Absent where there is no Multus, or a primary CNI that is not known here. */
  readonly multus?: MultusExpectation
  /** Folders in which host-local keeps leases. */
  readonly leaseFolders: readonly string[]
}

type Looker = Pick<StepContext, 'drivers' | 'signal'>

/** All that repairs want to know of a node; changes nothing. Throws engine-failed, interrupted, wait-timeout. */
export async function observeOnNode(node: string, {multus, leaseFolders}: NodeWish, looker: Looker): Promise<OnNode> {
  const [order, {stdout: binaries}, links, spaces, containerIds, leases] = await Promise.all([
    multus && observeOrder(node, multus, looker),
    lookAtNode(looker, node, listBinaries),
    nodeInterfaces(looker, node),
    podNamespaces(looker, node),
    observeContainerIds(node, looker),
    observeLeases(node, leaseFolders, looker),
  ])
  return {
    ...(order && {multus: order}),
    plugins: Object.fromEntries(readBinaries(binaries)),
    links,
    ...(spaces && {podNamespaces: spaces}),
    ...(containerIds && {containerIds}),
    leases,
  }
}

async function observeOrder(
  node: string,
  wanted: MultusExpectation,
  looker: Looker,
): Promise<NonNullable<OnNode['multus']>> {
  const {stdout} = await lookAtNode(looker, node, listConfigs)
  const files = readConfigs(stdout)
  const texts = Object.fromEntries(files.map(({name, content}) => [name, content]))
  const {stale} = judgeMultus(files, wanted)
  return {
    order: judgeMultusOrder({files: files.map(({name}) => name), texts}, wanted),
    files,
    ...(stale !== undefined && {stale}),
  }
}

/** Sandboxes and containers alike, by containerd's own client, which is in every node. */
async function observeContainerIds(node: string, looker: Looker): Promise<readonly string[] | undefined> {
  const argv = ['ctr', '--namespace', 'k8s.io', 'containers', 'list', '--quiet']
  const {exitCode, stdout} = await lookAtNode(looker, node, argv)
  return exitCode === 0 ? stdout.split('\n').filter((id) => id !== '') : undefined
}

/** Minutes after which a lease belongs to a pod whose sandbox the runtime knows, or to none: containerd knows it only when its interfaces are there. */
const settledMinutes = 2

async function observeLeases(node: string, folders: readonly string[], looker: Looker): Promise<readonly NodeLease[]> {
  if (folders.length === 0) return []
  const files = ['-maxdepth', '1', '-type', 'f', '!', '-name', 'lock', '!', '-name', 'last_reserved_ip.*']
  const print = ['-printf', '\n=== %p\n', '-exec', 'cat', '{}', ';']
  const argv = ['find', ...folders, ...files, '-mmin', `+${settledMinutes}`, ...print]
  const {stdout} = await lookAtNode(looker, node, argv)
  return readLeases(stdout)
}

/** Of each file its path, and its first line, which is the id of the sandbox. */
export function readLeases(output: string): readonly NodeLease[] {
  return output
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [path = '', containerId = ''] = block.split('\n')
      return {path: path.trim(), containerId: containerId.trim()}
    })
}
