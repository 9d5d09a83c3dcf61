import type {PinnedImage, SceneFinding, SceneHost, Surroundings} from '../checks/surroundings.ts'
import {lint} from '../lint/lint.ts'
import {multusModes, type MultusMode} from '../catalog/multus/index.ts'
import {imageName} from '../steps/artifact.ts'
import {isProbeNamespace} from '../templates/probe-pods.ts'
import type {SurroundingFacts, TargetFacts, TargetNetwork} from './facts.ts'
import {judgedSources, networkSource, podSource} from './lint-sources.ts'

/** Findings that another check has from the nodes themselves: programs that are missing, by plugins-present. */
const saidByOthers = new Set(['KL-L207'])

/** What checks may know of the surroundings of a cluster; the findings are those on `asked` networks, and on pods where all networks are asked for. */
export function surroundingsOf(
  facts: TargetFacts & {readonly surroundings: SurroundingFacts},
  asked: readonly TargetNetwork[],
): Surroundings {
  const {networks, record, refusedLinks} = facts
  const {host, lint: lintFacts, pods} = facts.surroundings
  const multusImage = pinnedImage(facts)
  const sceneHost: SceneHost | undefined = host && {
    ...host,
    refusedLinks,
    subnets: lintFacts.machine,
    podSubnet: record.podSubnet,
    serviceSubnet: record.serviceSubnet,
  }
  return {
    findings: findingsOf(facts, asked),
    linted: {networks: asked.length, pods: isWhole(asked, networks) ? pods.length : 0},
    ...(multusImage && {multusImage}),
    ...(sceneHost && {host: sceneHost}),
  }
}

function findingsOf(
  {networks, surroundings: {lint: facts, pods}}: TargetFacts & {readonly surroundings: SurroundingFacts},
  asked: readonly TargetNetwork[],
): readonly SceneFinding[] {
  const sliced = networks.filter(({nodeConfigs}) => Object.keys(nodeConfigs).length > 0)
  const {findings} = lint({
    sources: [...networks.flatMap(judgedSources), ...pods.map(podSource)],
    // A network that lies in files on the nodes is judged file by file; what refers to it means the object.
    known: sliced.map(networkSource),
    facts,
  })
  const all = isWhole(asked, networks)
  const names = new Set(asked.map(({namespace, name}) => `${namespace}/${name}`))
  return findings.flatMap(({code, severity, file, message, fix}): readonly SceneFinding[] => {
    const on = file.replace(/ on \S+$/, '')
    if (saidByOthers.has(code) || !(names.has(on) || (all && on.startsWith('pod ')))) return []
    return [{rule: code, severity, on, message, fix}]
  })
}

/** Whether no network was left out but those of runs of verify. */
function isWhole(asked: readonly TargetNetwork[], networks: readonly TargetNetwork[]): boolean {
  return asked.length === networks.filter(({namespace}) => !isProbeNamespace(namespace)).length
}

function pinnedImage({record: {multus}, artifacts}: TargetFacts): PinnedImage | undefined {
  if (!(multus in multusModes)) return undefined
  const artifact = artifacts.find(({name}) => name === multusModes[multus as MultusMode].image)
  if (!artifact?.reference) return undefined
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(artifact.reference)?.[1]
  return {name: imageName(artifact), digests: [digest, artifact.imageId].flatMap((one) => one ?? [])}
}
