import type {ClusterRecord} from '../steps/action.ts'
import type {Plan} from '../steps/step.ts'
import {warmFile, warmRepository} from '../steps/warm-image.ts'
import {countText} from './amounts.ts'
import type {CreateWish, WarmWish} from './create-input.ts'
import {shellText} from './shell-text.ts'

/** What `create` says when the cluster is there: what it is, how to reach it, what to try next. */
export function createdSummary(plan: Plan, wish: Pick<CreateWish, 'spec' | 'bundle' | 'warm'>): readonly string[] {
  const record = recordOf(plan)
  const context = `  context   kind-${plan.cluster} (current in your kubeconfig)`
  return [
    ...(record ? clusterLines(record) : []),
    context,
    ...nextLines(plan.cluster, record),
    ...warmLines(plan, wish),
  ]
}

/** What `warm` says when the image is there: what it is called, where it lies, and who uses it. */
export function warmSummary({steps}: Plan, {bundle}: Pick<WarmWish, 'bundle'>): readonly string[] {
  const made = steps.flatMap(({action}) => {
    if (action.type === 'build-warm-image') return [`  image     ${action.image.reference}`]
    return action.type === 'save-warm-image' ? [`  file      ${action.bundle}/${warmFile(action.image)}`] : []
  })
  const create = ['k8s-local', 'create', ...(bundle === undefined ? [] : ['--bundle', bundle])]
  return [...made, 'Next', `  ${shellText(create)}`, '  k8s-local cache list']
}

function clusterLines({
  kubernetes,
  controlPlanes,
  workers,
  cni,
  cniVersion,
  multus,
  networks,
}: ClusterRecord): readonly string[] {
  return [
    `  nodes     ${countText(controlPlanes, 'control plane')}, ${countText(workers, 'worker')}, Kubernetes ${kubernetes}`,
    `  network   ${cni} ${cniVersion}, Multus ${multus}`,
    ...networks.map(({name, subnet}) => `  extra     ${name} ${subnet}`),
  ]
}

function nextLines(cluster: string, record: ClusterRecord | undefined): readonly string[] {
  const [network] = record?.networks ?? []
  const multus = record?.multus !== 'none'
  return [
    'Next',
    '  kubectl get nodes',
    ...(multus && network ? [`  k8s-local pod add first --cluster ${cluster} --network ${network.name}`] : []),
    ...(multus ? [`  k8s-local net add bridge inside --cluster ${cluster}`, `  k8s-local verify ${cluster}`] : []),
  ]
}

/** How the next one is faster: not where this one was, nor where it was asked for, nor refused. */
function warmLines(
  {steps}: Plan,
  {spec, bundle, warm}: Pick<CreateWish, 'spec' | 'bundle' | 'warm'>,
): readonly string[] {
  const isWarm = steps.some(
    ({action}) => action.type === 'ensure-engine-image' && action.artifact.reference?.startsWith(`${warmRepository}:`),
  )
  if (warm !== 'use' || isWarm) return []
  const flags = Object.entries({cni: spec.cni, multus: spec.multus, kubernetes: spec.kubernetes, bundle})
  const words = flags.flatMap(([flag, value]) => (value === undefined || value === 'auto' ? [] : [`--${flag}`, value]))
  return [`  ${shellText(['k8s-local', 'warm', ...words])}   # once: the next create is faster`]
}

/** The record is in the plan where it begins or notes down a cluster; a cluster that only lacked something may have neither. */
function recordOf({steps}: Plan): ClusterRecord | undefined {
  for (const {action} of steps) if (action.type === 'begin-cluster') return action.record
  return undefined
}
