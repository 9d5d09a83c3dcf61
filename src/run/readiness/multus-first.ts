import {confDirectory} from '../../checks/conf-directory.ts'
import {changeNode, lastLines, lookAtNode} from '../node-exec.ts'
import {listConfigs, readConfigs} from './cni-configs.ts'
import {everyNode} from './every-node.ts'
import {fileAppears} from './file-appears.ts'
import {judgeMultus} from './judge-multus.ts'
import type {Waiter} from './wait-context.ts'

/** Thin Multus names its file after the primary CNI's cniVersion, thick always `.conf` (Multus v4.3.0). */
const ownFiles = ['00-multus.conf', '00-multus.conflist'].map((name) => `${confDirectory}/${name}`)

/**
 * On every node the container runtime reads Multus' configuration first, and that one hands over to the primary CNI. A stale twin (`.conf` beside
 * `.conflist`, left by another mode or another version of the primary CNI) is removed once the right one is there: it would win, now or after the
 * next restart (both seen on clusters, Multus v4.3.0).
 */
export const multusFirst: Waiter<'multus-first'> = ({nodes, mode, confFile}, context) =>
  everyNode(nodes, context, async (node, patient) => {
    if (patient) await fileAppears(context, node, {paths: ownFiles, patient})
    const listing = await lookAtNode(context, node, listConfigs)
    if (listing.exitCode !== 0) return lastLines(listing, 1) || `${confDirectory} cannot be read`
    const {fault, stale} = judgeMultus(readConfigs(listing.stdout), {mode, confFile})
    if (stale === undefined) return fault
    await changeNode(context, node, ['rm', '-f', `${confDirectory}/${stale}`])
    context.note(`${node}: removed ${stale}, a stale configuration of Multus`)
    return `${stale} was stale`
  })
