import type {NetworkPlan} from '../plan/add-network.ts'
import {makePlan} from '../plan/make-plan.ts'
import {makeNetwork} from '../plan/parts/network.ts'
import {resolveNetwork} from '../plan/resolve-network.ts'
import type {ResolvedNetwork} from '../plan/resolved-network.ts'
import {Problem} from '../problem.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {toYaml} from '../to-yaml.ts'
import type {Unavailable} from './ask.ts'
import {imaginedCluster, imaginedSite} from './imagined-site.ts'
import type {NetworkWish} from './network-input.ts'
import {noCluster} from './no-cluster.ts'
import type {Approval, Planned, Preview} from './plan-command.ts'
import {observeNamed} from './target.ts'
import type {World} from './world-command.ts'

/** The plan of `net add`, or only its objects. @throws what observing and addNetwork throw */
export async function planNetwork(wish: NetworkWish, world: World, tell: (text: string) => void): Promise<Planned> {
  const {spec, output, write, said} = wish
  const isWritten = output !== undefined || write !== undefined
  try {
    const {chosen, facts} = await observeNamed(said, world)
    const {addNetwork, previewNetwork} = await import('../plan/add-network.ts')
    if (isWritten) return {...(await preview(previewNetwork({spec}, facts), wish, world, tell)), target: chosen.target}
    const planned = addNetwork({spec}, facts)
    const approval = approvalOf(planned)
    return {plan: planned.plan, target: chosen.target, ...(approval && {approval})}
  } catch (error) {
    const named = said['cluster'] !== undefined || said['context'] !== undefined
    const onlyShown = isWritten || world.options.dryRun
    if (!onlyShown || named || !(error instanceof Problem) || !noCluster.includes(error.data.name)) throw error
    tell(
      `Note: ${error.message}. Shown for a cluster as create makes it; names, masters and addresses in use were not checked.`,
    )
    return preview(resolveNetwork(spec, imaginedSite(spec)), wish, world, tell)
  }
}

/** The types that the nodes of the cluster cannot have, each with the reason; none where no cluster is there to look at. */
export async function unavailableTypes(said: NetworkWish['said'], world: World): Promise<Unavailable> {
  try {
    const [{facts}, {siteOfTarget}, {whyNot}, {networkTypes}] = await Promise.all([
      observeNamed(said, world),
      import('../plan/network-site.ts'),
      import('../plan/network-standing.ts'),
      import('../catalog/network/index.ts'),
    ])
    const site = siteOfTarget(facts)
    return Object.fromEntries(
      Object.entries(networkTypes).flatMap(([type, option]) => {
        const reason = whyNot(option, site)
        return reason === undefined ? [] : [[type, reason]]
      }),
    )
  } catch (error) {
    if (error instanceof Problem && error.data.name !== 'interrupted') return {}
    throw error
  }
}

function approvalOf({replaced, plan}: NetworkPlan): Approval | undefined {
  if (!replaced) return undefined
  const {network, pods} = replaced
  const reference = `${network.namespace}/${network.name}`
  const users = pods.length === 0 ? 'No pod uses it.' : `Pods that use it: ${pods.join(', ')}.`
  const current = network.config === '' ? (Object.values(network.nodeConfigs)[0] ?? '') : network.config
  return {
    question: `The network ${reference} exists and is otherwise. ${users} Replace it`,
    refused: new Problem('network-exists', {
      message: `The network ${reference} exists, and is not as asked for`,
      cause: `${users}\n${current === '' ? 'It has no configuration' : current}`,
      suggestions: [`Replace it: the same command with --yes (${plan.title.toLowerCase()})`, 'Choose another name'],
    }),
  }
}

async function preview(
  network: ResolvedNetwork,
  {output, write}: NetworkWish,
  {drivers, options, prompter}: World,
  tell: (text: string) => void,
): Promise<Planned> {
  const {namespace, name, type, object, nodeFiles, server, notes} = network
  const plan = makePlan({
    title: `Add the ${type} network ${namespace}/${name}`,
    cluster: imaginedCluster,
    steps: makeNetwork(network, []).steps,
    timeoutSeconds: 300,
    notes,
  })
  if (output === undefined && write === undefined) return {plan}
  for (const note of notes) tell(`Note: ${note}`)
  for (const {path} of [nodeFiles, server?.nodeFiles].filter((one) => one !== undefined))
    tell(`Note: each node also needs its own ${path}; --dry-run --json has the texts.`)
  const objects = [...(server?.objects ?? []), object]
  if (write === undefined) return {plan, preview: shown(objects, output ?? 'yaml')}
  const file = shown(objects, output ?? (write.endsWith('.json') ? 'json' : 'yaml'))
  if (options.dryRun) return {plan, preview: file}
  const {writeObjects} = await import('./write-objects.ts')
  await writeObjects({file: write, text: `${file.text}\n`}, {drivers, options, ...(prompter && {prompter})})
  return {plan, preview: {text: `Wrote ${write}`, document: file.document}}
}

/** One object as it is; several as a stream of YAML documents, or as a List in JSON, as kubectl takes them. */
function shown(objects: readonly KubernetesObject[], output: 'yaml' | 'json'): Preview {
  const [first] = objects
  const document = objects.length === 1 && first ? first : {apiVersion: 'v1', kind: 'List', items: objects}
  const text = output === 'yaml' ? objects.map(toYaml).join('---\n').trimEnd() : JSON.stringify(document, undefined, 2)
  return {text, document}
}
