import {type CniName, cnis} from '../../catalog/cni/index.ts'
import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {confDirectoryProbes, readConfDirectory, readDelegate} from '../conf-directory.ts'
import {textAt} from '../json-path.ts'
import {restartMultus} from '../multus-order-faults.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'

type Subject = {
  readonly cni: CniName
  readonly confFile: string
  readonly thin: boolean
  readonly nodes: readonly string[]
}

const ciliumConfig = '/api/v1/namespaces/kube-system/configmaps/cilium-config'

/**
 * M10: the primary CNI leaves Multus' file alone, by its configuration and by what its agents run with; and thin Multus' copy of its file is the file
 * (multus #972; cilium PR 24389). A file that is gone already is judged by multus-first.
 */
export const cniShares: Check<Subject> = {
  id: 'M10',
  title: 'Primary CNI leaves room for Multus',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'cni', 'folders', 'node-access'],
  subjects: ({cni, multus, nodes}) =>
    cni === 'other'
      ? []
      : [{cni, confFile: cnis[cni].confFile, thin: multus === 'thin', nodes: nodes.map(({name}) => name)}],
  label: () => '',
  probes({cni, confFile, thin, nodes}) {
    const probes: Record<string, Probe> = {}
    if (cni === 'cilium') probes['config'] = {type: 'api', path: ciliumConfig}
    for (const node of nodes) {
      if (cni === 'cilium') probes[`${node} agent`] = {type: 'node', node, argv: agentSetting}
      if (thin) probes[`${node} texts`] = confDirectoryProbes(node, confFile).texts
    }
    return probes
  },
  judge(evidence, subject) {
    const exclusive = subject.cni === 'cilium' ? judgeExclusive(evidence, subject) : undefined
    if (exclusive) return exclusive
    const drifted = subject.thin ? subject.nodes.filter((node) => hasDrifted(evidence, node, subject.confFile)) : []
    if (drifted.length > 0)
      return {
        status: 'warn',
        summary: `${subject.confFile} is newer than the copy of it that Multus uses on ${drifted.join(', ')}`,
        cause: 'thin Multus, as upstream installs it, copies the file when it starts and does not look again',
        fix: restartMultus,
      }
    const {title} = cnis[subject.cni]
    const copy = subject.thin ? `; Multus' copy of ${subject.confFile} is up to date` : ''
    return {
      status: 'pass',
      summary: `${subject.cni === 'cilium' ? `${title}: cni-exclusive is false, in its ConfigMap and its agents` : `${title} keeps to its own file`}${copy}`,
    }
  },
}

/** The agent's init container copies the ConfigMap into the pod's own volume: what the agent runs with lies there until the pod is replaced (Cilium 1.15 to 1.20). */
const agentSetting = [
  'find',
  '/var/lib/kubelet/pods',
  '-maxdepth',
  '7',
  '-path',
  '*/kubernetes.io~empty-dir/tmp/cilium/config-map/cni-exclusive',
  '-exec',
  'cat',
  '{}',
  '+',
]

function judgeExclusive(evidence: Evidence, {nodes}: Subject): Verdict | undefined {
  const config = jsonOf(evidence, 'config')
  if ('missing' in config) return couldNotLook("Cilium's ConfigMap", config)
  const fix = `kubectl -n kube-system patch configmap cilium-config --type merge -p '{"data":{"cni-exclusive":"false"}}', restart the Cilium agents, then Multus`
  const cause = "Cilium renames every other CNI's file as soon as it appears: pods then get eth0 only, without an error"
  // Cilium's own default is true.
  const isExclusive = textAt(config.value, 'data', 'cni-exclusive') !== 'false'
  const running = nodes.filter((node) => {
    const looked = textOf(evidence, `${node} agent`)
    return 'value' in looked && looked.value.trim().endsWith('true')
  })
  if (running.length > 0)
    return {
      status: 'fail',
      summary: `Cilium runs with cni-exclusive=true on ${running.join(', ')}`,
      cause,
      fix: isExclusive ? fix : 'restart the Cilium agents, then Multus: the ConfigMap says false already',
    }
  if (!isExclusive) return undefined
  return {
    status: 'fail',
    summary: 'cni-exclusive is true in cilium-config: it takes effect when the agents start again',
    cause,
    fix,
  }
}

/** Versions and plugins that differ are said by multus-first. */
function hasDrifted(evidence: Evidence, node: string, confFile: string): boolean {
  const looked = textOf(evidence, `${node} texts`, {anyExit: true})
  if ('missing' in looked) return false
  const {delegate, primary} = readDelegate(readConfDirectory('', looked.value), confFile)
  return delegate !== undefined && primary !== undefined && canonical(delegate) !== canonical(primary)
}

/** The same for objects whose keys stand in another order. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value as Readonly<Record<string, Json>>).toSorted(([a], [b]) => a.localeCompare(b))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`
}
