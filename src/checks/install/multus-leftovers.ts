import type {MultusMode} from '../../catalog/multus/index.ts'
import type {Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {confDirectory, removeFile} from '../multus-order-faults.ts'
import {couldNotLook, isAbsent, jsonOf, textOf} from '../seen.ts'
import {multusDaemonSetProbe} from './multus-pods.ts'

type Subject = {readonly node: string; readonly mode: MultusMode | 'none'}

const binaries = '/opt/cni/bin'
const runtime = '/run/multus'

/** What only the other mode leaves, by its folder. */
const foreign: Readonly<Record<MultusMode, Readonly<Record<string, readonly string[]>>>> = {
  thin: {[binaries]: ['multus-shim'], [runtime]: ['multus.sock']},
  thick: {[binaries]: ['multus'], [confDirectory]: ['00-multus.conflist']},
}

/**
 * M09: a node holds nothing of a Multus that is gone, or of its other mode. Deleting Multus' objects leaves its configuration, and then no pod starts
 * (multus #461, #592, #1105, #1429). A file that the runtime reads in the place of the right one is judged by multus-first.
 */
export const multusLeftovers: Check<Subject> = {
  id: 'M09',
  title: 'Nothing is left of another Multus',
  tier: 'quick',
  severity: 'error',
  needs: ['folders', 'node-access', 'usual-multus'],
  subjects: ({multus, nodes}) => nodes.map(({name}) => ({node: name, mode: multus})),
  label: ({node}) => node,
  probes: ({node}) => ({
    daemonSet: multusDaemonSetProbe,
    files: {type: 'node', node, argv: ['ls', '-1A', confDirectory, binaries, runtime]},
  }),
  judge(evidence, {node, mode}) {
    const daemonSet = jsonOf(evidence, 'daemonSet')
    if ('missing' in daemonSet && !isAbsent(daemonSet)) return couldNotLook('the Multus DaemonSet', daemonSet)
    // /run/multus is there with thick only, so `ls` ends badly with thin.
    const listing = textOf(evidence, 'files', {anyExit: true})
    if ('missing' in listing) return couldNotLook(`the files of ${node}`, listing)
    const files = readListing(listing.value)
    if (!files.has(confDirectory))
      return couldNotLook(`the files of ${node}`, {missing: `${confDirectory} was not listed`})
    if (isAbsent(daemonSet) || mode === 'none') return judgeGone(node, files)
    const left = Object.entries(foreign[mode]).flatMap(([folder, names]) =>
      names.filter((name) => files.get(folder)?.includes(name)).map((name) => `${folder}/${name}`),
    )
    const renamed = (files.get(confDirectory) ?? []).filter(isRenamed)
    const found = [...left, ...renamed.map((name) => `${confDirectory}/${name}`)]
    if (found.length === 0) return {status: 'pass', summary: `nothing of another Multus on ${node}`}
    return {
      status: 'warn',
      summary: `${found.join(', ')} was left behind`,
      cause:
        left.length > 0
          ? `${mode === 'thin' ? 'thick' : 'thin'} Multus ran here: it takes over again when ${mode} Multus is removed`
          : 'Cilium once ran with cni.exclusive=true here',
      fix: `docker exec ${node} rm ${found.join(' ')}`,
    }
  },
}

/** Multus' own file that was renamed is judged by multus-first. */
function isRenamed(name: string): boolean {
  return name.endsWith('.cilium_bak') && !name.startsWith('00-multus.')
}

function judgeGone(node: string, files: ReadonlyMap<string, readonly string[]>): Verdict {
  const conf = (files.get(confDirectory) ?? []).filter((name) => /^(00-multus\.|multus\.d$)/.test(name))
  const programs = (files.get(binaries) ?? []).filter((name) => name === 'multus' || name === 'multus-shim')
  const active = conf.find((name) => /^00-multus\.conf(list)?$/.test(name))
  if (active !== undefined)
    return {
      status: 'fail',
      summary: `Multus is gone, and ${active} is still on ${node}`,
      evidence: [...conf.map((name) => `${confDirectory}/${name}`), ...programs.map((name) => `${binaries}/${name}`)],
      cause:
        'the runtime still calls Multus for every pod: new pods fail, with Unauthorized or for its socket (multus #592)',
      fix: removeFile(active).replace(/, then.*/, ''),
    }
  const left = [...conf.map((name) => `${confDirectory}/${name}`), ...programs.map((name) => `${binaries}/${name}`)]
  if (left.length === 0) return {status: 'pass', summary: `nothing of Multus on ${node}`}
  return {
    status: 'warn',
    summary: `${left.join(', ')} was left by a Multus that is gone`,
    fix: `docker exec ${node} rm -r ${left.join(' ')}`,
  }
}

/** From `ls` of several folders: `folder:` before each one's names. */
function readListing(text: string): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>()
  let folder: string[] = []
  for (const line of text.split('\n')) {
    const header = /^(\/\S*):$/.exec(line)?.[1]
    if (header !== undefined) {
      folder = []
      files.set(header, folder)
    } else if (line !== '') folder.push(line)
  }
  return files
}
