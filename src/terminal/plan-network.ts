import {makePlan} from '../plan/make-plan.ts'
import {makeNetwork} from '../plan/parts/network.ts'
import {resolveNetwork} from '../plan/resolve-network.ts'
import type {ResolvedNetwork} from '../plan/resolved-network.ts'
import {Problem} from '../problem.ts'
import {toYaml} from '../to-yaml.ts'
import {imaginedCluster, imaginedSite} from './imagined-site.ts'
import type {NetworkWish} from './network-input.ts'
import {noCluster} from './no-cluster.ts'
import type {Planned, Preview} from './plan-command.ts'
import {observeNamed} from './target.ts'
import type {World} from './world-command.ts'

/** The plan of `net add`, or only its objects. @throws what observing and addNetwork throw */
export async function planNetwork(wish: NetworkWish, world: World, tell: (text: string) => void): Promise<Planned> {
  const {spec, output, said} = wish
  const onlyShown = output !== undefined || world.options.dryRun
  try {
    const {chosen, facts} = await observeNamed(said, world)
    const {addNetwork, previewNetwork} = await import('../plan/add-network.ts')
    if (output !== undefined) return {...preview(previewNetwork({spec}, facts), output, tell), target: chosen.target}
    return {plan: addNetwork({spec}, facts), target: chosen.target}
  } catch (error) {
    const named = said['cluster'] !== undefined || said['context'] !== undefined
    if (!onlyShown || named || !(error instanceof Problem) || !noCluster.includes(error.data.name)) throw error
    tell(
      `Note: ${error.message}. Shown for a cluster as create makes it; names, masters and addresses in use were not checked.`,
    )
    return preview(resolveNetwork(spec, imaginedSite(spec)), output, tell)
  }
}

function preview(network: ResolvedNetwork, output: NetworkWish['output'], tell: (text: string) => void): Planned {
  const {namespace, name, type, object, nodeFiles, notes} = network
  const plan = makePlan({
    title: `Add the ${type} network ${namespace}/${name}`,
    cluster: imaginedCluster,
    steps: makeNetwork(network, []).steps,
    timeoutSeconds: 300,
    notes,
  })
  if (output === undefined) return {plan}
  for (const note of notes) tell(`Note: ${note}`)
  if (nodeFiles) tell(`Note: each node also needs its own ${nodeFiles.path}; --dry-run --json has the texts.`)
  return {plan, preview: shown(object, output)}
}

function shown(object: ResolvedNetwork['object'], output: 'yaml' | 'json'): Preview {
  const text = output === 'yaml' ? toYaml(object).trimEnd() : JSON.stringify(object, undefined, 2)
  return {text, document: object}
}
