import {cnis} from '../../catalog/cni/index.ts'
import type {Check} from '../check.ts'
import {confDirectory, confDirectoryProbes, judgeMultusOrder, readConfDirectory} from '../conf-directory.ts'
import {couldNotLook, textOf} from '../seen.ts'

type Subject = {readonly node: string; readonly mode: 'thin' | 'thick'; readonly confFile?: string}

/** M04: on every node Multus' configuration is the first that the runtime reads, and hands on to the primary CNI. */
export const multusFirst: Check<Subject> = {
  id: 'M04',
  title: 'Multus comes first',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'folders', 'node-access'],
  subjects: ({multus, nodes, cni}) =>
    multus === 'none'
      ? []
      : nodes.map(({name}) => ({node: name, mode: multus, ...(cni !== 'other' && {confFile: cnis[cni].confFile})})),
  label: ({node}) => node,
  probes: ({node, confFile}) => confDirectoryProbes(node, confFile),
  judge(evidence, {node, mode, confFile}) {
    const files = textOf(evidence, 'files')
    if ('missing' in files) return couldNotLook(`${confDirectory} on ${node}`, files)
    // One of Multus' two possible files is always missing, so `head` ends with 1.
    const texts = textOf(evidence, 'texts', {anyExit: true})
    if ('missing' in texts) return couldNotLook(`the CNI configuration on ${node}`, texts)
    const directory = readConfDirectory(files.value, texts.value)
    const order = judgeMultusOrder(directory, {mode, ...(confFile !== undefined && {confFile})})
    if (order.status === 'pass')
      return {status: 'pass', summary: `${order.first} is first and hands on to ${order.delegate}`}
    return {...order, evidence: [`${confDirectory}: ${directory.files.join(' ')}`]}
  },
}
