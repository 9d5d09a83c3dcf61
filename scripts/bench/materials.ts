import {chmod, copyFile, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {parse, stringify} from 'yaml'
import type {Action, ActionOf} from '../../src/steps/action.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {must} from '../world/shell-out.ts'

interface BundleIndex {
  readonly artifacts: readonly {
    readonly name: string
    readonly type: string
    readonly file: string
    readonly reference?: string
  }[]
}

/**
 * Writes into `folder` what by-hand.sh needs, taken from the very plan of `create`: kind's configuration, chart values and
 * Multus' objects as k8s-local would apply them, and the images of the bundle as `docker save` would write them, which the engine then holds too: whoever follows
 * a guide has pulled them before. Nothing in them gives either way an advantage. Returns the names of the images that the engine did not hold before.
 */
export async function writeMaterials(folder: string, bundle: string, cluster: string): Promise<readonly string[]> {
  await mkdir(folder, {recursive: true})
  const actions = await plannedActions(bundle, cluster)
  const index = parse(await readFile(join(bundle, 'bundle.yaml'), 'utf8')) as BundleIndex
  const file = (name: string): string => join(bundle, find(index.artifacts, name).file)
  const kind = one(actions, 'create-kind-cluster')
  const chart = one(actions, 'install-chart')
  const {network} = one(actions, 'create-engine-network')
  const objects = all(actions, 'apply-objects').flatMap((action) => action.objects)
  const networks = objects.filter((object) => object.kind === 'NetworkAttachmentDefinition')
  const installed = objects.filter((object) => !networks.includes(object) && !isOfOurs(object))
  const others = index.artifacts.filter(({reference}) => reference && JSON.stringify(installed).includes(reference))
  await copyFile(file('kind'), join(folder, 'kind'))
  await copyFile(file('helm'), join(folder, 'helm'))
  for (const program of ['kind', 'helm']) await chmod(join(folder, program), 0o755)
  await writeFile(join(folder, 'kind.yaml'), guideConfig(kind.config))
  await writeFile(join(folder, 'values.yaml'), stringify(await grantable(chart)))
  await writeFile(join(folder, 'multus.yaml'), documents(installed))
  const pods = podsOf(cluster, find(index.artifacts, 'probe').reference ?? '')
  await writeFile(join(folder, 'pods.yaml'), documents([...networks, ...pods]))
  const images = ['cilium', 'cilium-operator', ...others.map(({name}) => name), 'probe'].map((name) =>
    find(index.artifacts, name),
  )
  const loaded = await bringImages(images, {folder, fileOf: file})
  await writeFile(
    join(folder, 'names.sh'),
    [
      `KIND=./kind HELM=./helm NODE_IMAGE=${find(index.artifacts, 'node').reference}`,
      `CHART=${file('cilium-chart')} PLUGINS=${file('cni-plugins')}`,
      `SUBNET=${network.subnet} NODE_RANGE=${network.nodeRange}`,
      `CNI_IMAGES='${namesOf(images.slice(0, 2))}'`,
      `OTHER_IMAGES='${namesOf(images.slice(2))}'`,
      `NODES='${kind.nodes.join(' ')}'`,
      '',
    ].join('\n'),
  )
  return loaded
}

/** Each as an archive in the folder, and in the engine. Returns the names of those that the engine did not hold before. */
async function bringImages(
  images: BundleIndex['artifacts'],
  {folder, fileOf}: {readonly folder: string; readonly fileOf: (name: string) => string},
): Promise<readonly string[]> {
  const loaded: string[] = []
  for (const {name, reference = ''} of images) {
    const archive = join(folder, `${name}.tar`)
    await must(['bash', 'scripts/bench/plain-archive.sh', fileOf(name), archive])
    if ((await must(['docker', 'image', 'ls', '--quiet', reference])).stdout.trim() !== '') continue
    await must(['docker', 'image', 'load', '--input', archive])
    loaded.push(reference)
  }
  return loaded
}

/** kind's configuration as guides have it: the nodes, and no CNI. What k8s-local adds to be faster is its own. */
function guideConfig(config: string): string {
  const {
    nodes,
    kubeadmConfigPatches: _,
    ...rest
  } = parse(config) as {
    readonly nodes: readonly {readonly role: string}[]
    readonly kubeadmConfigPatches?: unknown
  }
  return stringify({...rest, nodes: nodes.map(({role}) => ({role}))})
}

function namesOf(images: BundleIndex['artifacts']): string {
  return images.map(({name, reference = ''}) => `${name}=${reference}`).join(' ')
}

async function plannedActions(bundle: string, cluster: string): Promise<readonly Action[]> {
  const argv = [
    'bin/run.js',
    'create',
    cluster,
    '--cni',
    'cilium',
    '--workers',
    '2',
    '--network',
    'data',
    '--yes',
    '--dry-run',
    '--json',
  ]
  const {stdout} = await must([process.execPath, ...argv], {env: {K8S_LOCAL_BUNDLE: bundle}})
  const {steps} = JSON.parse(stdout) as {steps: readonly {readonly action: Action}[]}
  return steps.map(({action}) => action)
}

/** What nobody makes by hand: our record of what was asked for, and the pods of our checks. */
function isOfOurs({metadata: {name, namespace = ''}}: KubernetesObject): boolean {
  return [name, namespace].some((text) => text.startsWith('k8s-local'))
}

function documents(objects: readonly unknown[]): string {
  return objects.map((object) => stringify(object)).join('---\n')
}

/** The chart's values with the capabilities that this machine can grant, as the executor of `install-chart` finds them. */
async function grantable({values, capabilityLists}: ActionOf<'install-chart'>): Promise<unknown> {
  const bounding = /CapBnd:\s*([0-9a-f]+)/.exec(await readFile('/proc/self/status', 'utf8'))?.[1] ?? 'f'.repeat(16)
  const hasSysResource = ((BigInt(`0x${bounding}`) >> 24n) & 1n) === 1n
  const result = structuredClone(values) as Record<string, unknown>
  for (const {path, wanted} of capabilityLists) {
    set(
      result,
      path.split('.'),
      wanted.filter((name) => hasSysResource || name !== 'SYS_RESOURCE'),
    )
  }
  return result
}

function set(target: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[first] = value
  else set((target[first] ??= {}) as Record<string, unknown>, rest, value)
}

/** Two pods on the two workers, as a guide would write them. */
function podsOf(cluster: string, image: string): readonly unknown[] {
  const pod = (name: string, node: string): unknown => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'default', annotations: {'k8s.v1.cni.cncf.io/networks': 'data'}},
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [{name: 'probe', image, imagePullPolicy: 'Never'}],
    },
  })
  return [pod('left', `${cluster}-worker`), pod('right', `${cluster}-worker2`)]
}

function find<T extends {readonly name: string}>(artifacts: readonly T[], name: string): T {
  const found = artifacts.find((artifact) => artifact.name === name)
  if (!found) throw new Error(`the bundle has no ${name}`)
  return found
}

function all<T extends Action['type']>(actions: readonly Action[], type: T): readonly ActionOf<T>[] {
  return actions.filter((action): action is ActionOf<T> => action.type === type)
}

function one<T extends Action['type']>(actions: readonly Action[], type: T): ActionOf<T> {
  const [found] = all(actions, type)
  if (!found) throw new Error(`the plan has no ${type}`)
  return found
}
