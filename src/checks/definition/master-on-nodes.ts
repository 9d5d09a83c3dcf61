import type {Check, Scene, SceneNetwork} from '../check.ts'
import {readConfigsOn} from '../configs-on-nodes.ts'
import {judgeNic, nicProbes, readNics, type SeenNics, type WantedNic, wantedNics} from '../node-nics.ts'
import {couldNotLook} from '../seen.ts'
import type {SceneFinding} from '../surroundings.ts'
import {type DefinitionCheck, findingsOf, judgeFindings} from './findings.ts'

type Subject = {
  readonly network: string
  readonly masters: readonly Master[]
  readonly findings: readonly SceneFinding[]
}

type Master = {
  readonly node: string
  readonly name: string
  /** The NICs of ours that nodes call so: what is wrong with them is said by nics-connected. */
  readonly nics: readonly WantedNic[]
}

const rules = ['KL-L401']

/** N04: the NIC that a network's links are made on is on every node, and up. */
export const masterOnNodes: DefinitionCheck<Check<Subject>> = {
  id: 'N04',
  title: 'Master is on every node',
  rules,
  tier: 'quick',
  severity: 'error',
  needs: ['networks', 'node-access'],
  subjects(scene) {
    const findings = findingsOf(scene, rules)
    const subjects = scene.networks.flatMap((network): readonly Subject[] => {
      const name = `${network.namespace}/${network.name}`
      const masters = mastersOf(network, scene)
      // The nodes themselves are asked for a master; what rules say of it is for networks that name a device otherwise.
      const own = masters.length > 0 ? [] : findings.filter(({on}) => on === name)
      return masters.length + own.length > 0 ? [{network: name, masters, findings: own}] : []
    })
    return subjects.length > 0 ? subjects : {skip: 'no network names a master'}
  },
  label: ({network}) => network,
  probes: ({masters}) => Object.assign({}, ...masters.map(({node}) => nicProbes(node))),
  judge(evidence, {masters, findings}) {
    const absent: Master[] = []
    const down: Master[] = []
    for (const master of masters) {
      const seen = readNics(evidence, master.node)
      if ('missing' in seen) return couldNotLook(`the interfaces of ${master.node}`, seen)
      const link = seen.links.find((one) => one.interface === master.name)
      if (link?.up === true) continue
      if (isJudgedAsNic(master, seen))
        return {status: 'skip', summary: `${master.name} of ${master.node}: see nics-connected`}
      if (link) down.push(master)
      else absent.push(master)
    }
    if (absent.length > 0)
      return {
        status: 'fail',
        summary: `${namesOf(absent)}, the master, does not exist on ${nodesOf(absent)}`,
        cause: 'pods there stay in ContainerCreating: Link not found',
        fix: 'k8s-local status shows the NICs of each node; k8s-local create --network gives every node one',
      }
    if (down.length > 0)
      return {
        status: 'fail',
        summary: `${namesOf(down)} is down on ${nodesOf(down)}`,
        fix: `docker exec ${down[0]?.node} ip link set ${down[0]?.name} up`,
      }
    return judgeFindings(findings) ?? {status: 'pass', summary: `${namesOf(masters)} is on all ${masters.length} nodes`}
  },
}

function mastersOf(network: SceneNetwork, {nodes, surroundings}: Scene): readonly Master[] {
  const names = nodes.map(({name}) => name)
  const known = surroundings?.host?.nodeNetworks ?? []
  return readConfigsOn(network, names).flatMap(({node, config: {master}}) => {
    if (master === undefined) return []
    const nics = known.filter(({interfaces}) => interfaces.includes(master))
    return [{node, name: master, nics: wantedNics(node, nics)}]
  })
}

function isJudgedAsNic({node, nics}: Master, seen: SeenNics): boolean {
  return nics.some((nic) => judgeNic(node, nic, seen).fault !== undefined)
}

function namesOf(masters: readonly Master[]): string {
  return [...new Set(masters.map(({name}) => name))].join(', ')
}

function nodesOf(masters: readonly Master[]): string {
  return masters.map(({node}) => node).join(', ')
}
