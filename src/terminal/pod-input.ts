import type {RawInput} from '../spec/field.ts'
import {podFields} from '../spec/pod-fields.ts'
import {readFields} from '../spec/read-fields.ts'
import {podSpecFields} from '../spec/read-pod-spec.ts'
import {askFields} from './ask.ts'
import {only} from './run-options.ts'
import {findTarget} from './target.ts'
import type {World} from './world-command.ts'

/** Asks all questions where name or networks are open and there is somebody to ask, with the networks that there are. Nothing is asked of a command line that has both. */
export async function completePod(said: RawInput, world: World): Promise<RawInput> {
  const {prompter} = world
  if (!prompter || (said['name'] !== undefined && said['networks'] !== undefined)) return said
  const {name, as, replicas, node} = podSpecFields
  const known = await networkNames(said, world)
  const networks = {
    ...podFields.networks,
    ask: known.length > 0 ? `Networks to attach: ${known.join(', ')}` : podFields.networks.ask,
  }
  const asked = await askFields({name, networks, as}, {said, required: ['name', 'networks', 'as']}, prompter)
  const first = {...said, ...asked}
  const rest = (first['as']?.value ?? 'pod') === 'pod' ? {node} : {replicas, node}
  return {...first, ...(await askFields(rest, {said: first, required: ['replicas']}, prompter))}
}

/** As `--network` takes them. */
async function networkNames(said: RawInput, world: World): Promise<readonly string[]> {
  const {target} = await findTarget(said, world)
  const kubernetes = await world.drivers.kubernetes(target.kubeconfig, target.context)
  const kind = {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition'}
  const networks = await kubernetes.list(kind, world.signal)
  const {namespace: home} = readFields({namespace: podFields.namespace}, only(said, {namespace: podFields.namespace}))
  return networks
    .map(({metadata: {name, namespace}}) => (namespace === home ? name : `${namespace}/${name}`))
    .toSorted()
}
