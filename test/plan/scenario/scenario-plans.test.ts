import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {TargetFacts, TargetNetwork} from '../../../src/plan/facts.ts'
import {applyScenario} from '../../../src/plan/scenario/apply-scenario.ts'
import {removeScenario} from '../../../src/plan/scenario/remove-scenario.ts'
import type {ScenarioFacts} from '../../../src/plan/scenario/scenario-facts.ts'
import {listScenarios, siteOf} from '../../../src/plan/scenario/view-scenario.ts'
import {observeScenarios, scenarioKinds} from '../../../src/run/target/observe-scenarios.ts'
import {outlineOf} from '../../../src/scenarios/build-scenario.ts'
import {type ScenarioName, scenarioNames} from '../../../src/scenarios/index.ts'
import {type KubernetesObject, refOf} from '../../../src/steps/object.ts'
import type {Plan} from '../../../src/steps/step.ts'
import {givenNetwork, givenNode, givenPod, givenTarget, macvlanConfig} from '../given-target.ts'
import {planText} from '../plan-text.ts'
import {problemOf} from '../problem-of.ts'

function given(other: Partial<ScenarioFacts> = {}): ScenarioFacts {
  const plugins = ['bridge', 'host-local', 'macvlan', 'static', 'tuning']
  return {...givenTarget({plugins}), made: [], nodeAddresses: [], ...other}
}

function apply(name: ScenarioName, facts: ScenarioFacts = given(), keep = false): Plan {
  return applyScenario({name, keep}, facts)
}

function objectsOf(plan: Plan): readonly KubernetesObject[] {
  return plan.steps.flatMap(({action}) => (action.type === 'apply-objects' ? action.objects : []))
}

/** The cluster after a plan: its objects as the API and the nodes would show them. */
async function after(plan: Plan, facts: ScenarioFacts): Promise<ScenarioFacts> {
  const objects = objectsOf(plan)
  const list = async ({kind, labelSelector = ''}: {kind: string; labelSelector?: string}) =>
    objects.filter((object) => object.kind === kind && object.metadata.labels?.[labelSelector] !== undefined)
  return {
    ...facts,
    made: [...facts.made, ...(await observeScenarios({list}))],
    namespaces: [...facts.namespaces, ...namesOf(objects, 'Namespace')],
    networks: [...facts.networks, ...objects.filter(({kind}) => kind === 'NetworkAttachmentDefinition').map(toNetwork)],
  }
}

function toNetwork({metadata, ...nad}: KubernetesObject): TargetNetwork {
  const {config = ''} = nad['spec'] as {readonly config?: string}
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    config,
    nodeConfigs: {},
    annotations: metadata.annotations ?? {},
  }
}

function namesOf(objects: readonly KubernetesObject[], kind: string): readonly string[] {
  return objects.filter((object) => object.kind === kind).map(({metadata}) => metadata.name)
}

describe('applying a scenario', () => {
  test.each(['web', 'access-control'] as const)(
    '%s: networks before pods, checks as soon as what they need',
    async (name) => {
      await expect(planText(apply(name))).toMatchFileSnapshot(`../../golden/plans/scenario-${name}.txt`)
    },
  )

  test.each(scenarioNames)('%s again asks for the very same, though its own networks are there now', async (name) => {
    const facts = given()
    const first = apply(name, facts)

    expect(objectsOf(apply(name, await after(first, facts)))).toEqual(objectsOf(first))
  })

  test('several side by side share no address', () => {
    const names = fc.uniqueArray(fc.constantFrom(...scenarioNames), {minLength: 2, maxLength: 4})
    return fc.assert(
      fc.asyncProperty(names, async (chosen) => {
        let facts = given()
        const subnets: string[] = []
        for (const name of chosen) {
          const {site} = siteOf(name, facts)
          subnets.push(...(site?.blocks ?? []), ...(site?.subnets ?? []))
          facts = await after(apply(name, facts), facts)
        }
        expect(new Set(subnets).size).toBe(subnets.length)
      }),
      {numRuns: 25},
    )
  })

  test('keeps off the addresses of nodes, of networks and of single pods', () => {
    const facts = given({
      networks: [givenNetwork('data', macvlanConfig('172.30.0.32', '172.30.0.63'))],
      pods: [givenPod('fixed', {status: [{name: 'default/data', ips: ['172.30.0.70']}]})],
    })

    expect(siteOf('routed', facts).site?.blocks).toEqual(['172.30.0.80/28', '172.30.0.96/28'])
  })

  test('keeps off bridges that networks of the past left on nodes, and not off its own', () => {
    const nodeAddresses = [
      {interface: 'br-gone', address: '10.100.0.1'},
      {interface: 'br-scn-ten-a', address: '10.101.0.1'},
    ]

    expect(siteOf('tenants', given({nodeAddresses})).site?.subnets).toEqual(['10.101.0.0/24', '10.102.0.0/24'])
    expect(siteOf('legacy', given({nodeAddresses})).site?.subnets).toEqual(['10.102.0.0/24'])
  })

  test('has the largest MTU that all NICs carry, up to 9000', () => {
    const nodes = [9500, 9216, 9100].map((mtu, index) => {
      const node = givenNode(['dev-control-plane', 'dev-worker', 'dev-worker2'][index] ?? '', 2 + index)
      return {...node, nics: node.nics.map((nic) => ({...nic, mtu}))}
    })
    const texts = (facts: ScenarioFacts) => JSON.stringify(apply('storage', facts).steps)

    expect(texts(given({nodes}))).toContain(String.raw`\"mtu\": 9000`)
    expect(texts(given())).toContain(String.raw`\"mtu\": 1500`)
  })

  test('removes what it made when it fails, unless it is to be kept or was there before', async () => {
    const facts = given()
    const plan = apply('web', facts)

    expect(plan.onFailure.map(({id}) => id)).toEqual([
      'remove-namespaces',
      'remove-node-files:/etc/cni/multus/net.d/scenario-web-scenario-web.conf',
      'remove-node-files:/run/cni/networks/scenario-web',
    ])
    expect(apply('web', facts, true).onFailure).toEqual([])
    expect(apply('web', await after(plan, facts)).onFailure).toEqual([])
  })

  test('copies plugins that the nodes lack', () => {
    const plan = apply('routed', given({plugins: ['bridge', 'host-local', 'macvlan', 'static']}))

    expect(plan.steps.map(({action}) => action.type)).toContain('copy-cni-plugins')
  })
})

describe('a cluster that lacks something', () => {
  const {nodes, record} = givenTarget()
  const bare = nodes.map((node) => ({...node, nics: []}))

  test.each<[string, ScenarioName, Partial<TargetFacts>, string, string]>([
    [
      'an extra network',
      'web',
      {nodes: bare},
      'needs an extra network',
      'k8s-local create dev --workers 2 --cni cilium --multus thin --network data --network lan',
    ],
    [
      'a second worker',
      'web',
      {nodes: nodes.slice(0, 2), record: {...record, workers: 1}},
      'needs 2 Ready workers, and dev has 1',
      'a cluster cannot get more nodes: k8s-local create NAME --workers 2 --network lan',
    ],
    [
      'free addresses',
      'web',
      {networks: [givenNetwork('all', macvlanConfig('172.30.0.32', '172.30.0.254'))]},
      'needs 1 free block of 16 addresses on the first extra network, and 0 are left',
      'remove a network or a scenario: k8s-local net list, k8s-local scenario list',
    ],
    [
      'its namespace, which is somebody else’s',
      'web',
      {namespaces: ['scenario-web']},
      'there is a namespace scenario-web that the scenario did not make',
      'kubectl delete namespace scenario-web',
    ],
    [
      'the name of its network, whose files another one has',
      'web',
      {networks: [givenNetwork('scenario-web', '{}')]},
      'there is a network default/scenario-web that the scenario did not make',
      'k8s-local net remove scenario-web --namespace default',
    ],
    [
      'a plugin that cannot be had',
      'routed',
      {
        plugins: ['macvlan', 'bridge', 'static'],
        artifacts: givenTarget().artifacts.filter(({name}) => name === 'probe'),
      },
      'the nodes lack tuning in /opt/cni/bin',
      'copy the CNI plugins into every node, or give a bundle that has them: --bundle DIR',
    ],
  ])('%s: is told, with the command that helps', (_, name, facts, message, fix) => {
    const {findings} = problemOf(() => apply(name, given(facts)))

    expect(findings).toHaveLength(1)
    expect(findings?.[0]?.message).toContain(message)
    expect(findings?.[0]?.fix).toBe(fix)
  })

  test('all of it at once', () => {
    const facts = given({nodes: bare.slice(0, 2), namespaces: ['scenario-web']})

    expect(problemOf(() => apply('web', facts))).toMatchObject({name: 'preflight-failed', findings: [{}, {}, {}]})
  })

  test('Multus', () => {
    expect(problemOf(() => apply('web', given({record: {...record, multus: 'none'}}))).name).toBe('multus-missing')
  })

  test('can still have those that need less', () => {
    const listed = listScenarios(given({nodes: bare}))

    expect(listed.filter(({lacks}) => lacks.length === 0).map(({name}) => name)).toEqual(['tenants', 'default-network'])
  })
})

describe('removing a scenario', () => {
  test.each(scenarioNames)('%s: exactly what applying it made', async (name) => {
    const facts = given({networks: [givenNetwork('mine', macvlanConfig('172.30.0.128', '172.30.0.191'))]})
    const plan = apply(name, facts)
    const removal = removeScenario({name}, await after(plan, facts))
    const deleted = removal.steps.flatMap(({action}) => (action.type === 'delete-objects' ? action.objects : []))
    const spaces = new Set(deleted.filter(({kind}) => kind === 'Namespace').map((ref) => ref.name))
    const known = new Set<string>(scenarioKinds.map(({kind}) => kind))
    const made = objectsOf(plan).map(refOf)

    // Named, or of a namespace that goes; and nothing that was not made.
    expect(made.filter((ref) => !spaces.has(ref.namespace ?? '') && !known.has(ref.kind))).toEqual([])
    expect(deleted.toSorted(byText)).toEqual(made.filter(({kind}) => known.has(kind)).toSorted(byText))
    const files = plan.steps.flatMap(({action}) => (action.type === 'write-node-files' ? [action.path] : []))
    const paths = removal.steps.flatMap(({action}) => (action.type === 'delete-node-files' ? [action.path] : []))
    expect(paths).toEqual(expect.arrayContaining(files))
    expect(paths.filter((path) => !path.includes('scenario-'))).toEqual([])
    const links = removal.steps.flatMap(({action}) => (action.type === 'delete-node-links' ? action.links : []))
    expect(links).toEqual(outlineOf(name).bridges)
  })

  test('leaves the nodes for last', async () => {
    const facts = given()
    const plan = removeScenario({name: 'tenants'}, await after(apply('tenants', facts), facts))

    await expect(planText(plan)).toMatchFileSnapshot('../../golden/plans/scenario-remove-tenants.txt')
  })

  test('one that is not there finds nothing to delete in the cluster', () => {
    const plan = removeScenario({name: 'web'}, given())

    expect(plan.steps.map(({action}) => action.type)).toEqual(['delete-node-files', 'delete-node-files'])
  })

  test('is refused while somebody else’s pod is on its network', async () => {
    const facts = given()
    const there = await after(apply('shared-network', facts), facts)
    const guest = givenPod('guest', {requested: 'scenario-shared/shared'})
    const own = givenPod('web', {namespace: 'scenario-shared-web', requested: 'scenario-shared/shared'})

    expect(problemOf(() => removeScenario({name: 'shared-network'}, {...there, pods: [guest, own]}))).toMatchObject({
      name: 'network-in-use',
      findings: [{at: 'default/guest'}],
    })
  })
})

describe('the list', () => {
  test('tells applied, half removed and absent scenarios apart', async () => {
    const facts = given()
    const whole = await after(apply('tenants', facts), facts)
    const half = {...whole, made: whole.made.filter(({ref}) => ref.name !== 'scenario-tenant-b')}
    const stateOf = (seen: ScenarioFacts) => listScenarios(seen).find(({name}) => name === 'tenants')?.state

    expect([stateOf(facts), stateOf(half), stateOf(whole)]).toEqual(['not applied', 'in part', 'applied'])
  })
})

function byText(one: object, other: object): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other))
}
