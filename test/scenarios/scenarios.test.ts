import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {checkNamed} from '../../src/checks/index.ts'
import {readConfigsOn} from '../../src/checks/configs-on-nodes.ts'
import {mtuFits} from '../../src/checks/definition/mtu-fits.ts'
import {networkValid} from '../../src/checks/definition/network-valid.ts'
import {type NetworkConfig, parseNetworkConfig, pluginsOf} from '../../src/checks/network-config.ts'
import {lint} from '../../src/lint/lint.ts'
import {buildScenario, outlineOf, scenarioNamed} from '../../src/scenarios/build-scenario.ts'
import {type ScenarioName, scenarioNames} from '../../src/scenarios/index.ts'
import type {ScenarioParts, ScenarioSite} from '../../src/scenarios/scenario.ts'
import {contains, parseAddress, parseCidr} from '../../src/spec/cidr.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {toYaml} from '../../src/to-yaml.ts'

const givenSite: ScenarioSite = {
  nodes: ['dev-control-plane', 'dev-worker', 'dev-worker2'],
  workers: ['dev-worker', 'dev-worker2'],
  image: 'k8s-local/probe:v1',
  nic: {interface: 'eth1', mtu: 1500},
  blocks: ['172.30.0.32/28', '172.30.0.48/28'],
  subnets: ['10.100.0.0/24', '10.101.0.0/24', '10.102.0.0/24'],
}

/** Sites as clusters give them: other names, other addresses, other NICs. */
const anySite = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
    third: fc.integer({min: 0, max: 255}),
    block: fc.integer({min: 1, max: 14}),
    mtu: fc.integer({min: 1280, max: 9500}),
    nic: fc.constantFrom('eth1', 'eth2', 'enp0s3'),
  })
  .map(
    ({name, third, block, mtu, nic}): ScenarioSite => ({
      ...givenSite,
      nodes: [`${name}-control-plane`, `${name}-worker`, `${name}-worker2`],
      workers: [`${name}-worker`, `${name}-worker2`],
      nic: {interface: nic, mtu},
      blocks: [`172.31.${third}.${block * 16}/28`, `172.31.${third}.0/28`],
      subnets: [0, 1, 2].map((place) => `10.${100 + place}.${third}.0/24`),
    }),
  )

const everywhere = (what: (name: ScenarioName, parts: ScenarioParts, site: ScenarioSite) => void) =>
  fc.assert(
    fc.property(fc.constantFrom(...scenarioNames), anySite, (name, site) =>
      what(name, buildScenario(name, site), site),
    ),
    {numRuns: 120},
  )

describe('every scenario', () => {
  test.each(scenarioNames)('%s has these objects, files and checks', async (name) => {
    await expect(textOf(buildScenario(name, givenSite))).toMatchFileSnapshot(`../golden/scenarios/${name}.yaml`)
  })

  test.each(scenarioNames)('net lint finds nothing in %s', (name) => {
    const text = objectsOf(buildScenario(name, givenSite))
      .map((object) => toYaml(object))
      .join('---\n')

    expect(lint({sources: [{name: `${name}.yaml`, text, origin: 'file'}]}).findings).toEqual([])
  })

  test.each(scenarioNames)('%s is explained in two to four sentences', (name) => {
    const {shows, title} = scenarioNamed(name)
    expect(shows.split(/[.:] /).length).toBeGreaterThanOrEqual(2)
    expect(shows.match(/\.(?= |$)/g)?.length).toBeLessThanOrEqual(5)
    expect(title.length).toBeLessThan(60)
  })

  test('carries its label on everything', () => {
    everywhere((name, parts) => {
      for (const {metadata} of objectsOf(parts)) {
        expect(metadata.labels).toMatchObject({
          'k8s-local.dev/scenario': name,
          'app.kubernetes.io/managed-by': 'k8s-local',
        })
      }
    })
  })

  test('is the same at every site in all by which it is removed', () => {
    everywhere((name, parts) => {
      const {namespaces, outside, networks, nodePaths, bridges} = outlineOf(name)
      expect(parts.namespaces.map(({metadata}) => metadata.name)).toEqual(namespaces)
      const elsewhere = objectsOf(parts).filter(
        ({kind, metadata}) => kind !== 'Namespace' && !namespaces.includes(metadata.namespace ?? ''),
      )
      expect(elsewhere.map(({metadata}) => metadata.name)).toEqual(outside.map((ref) => ref.name))
      expect(nadsOf(parts).map(({metadata}) => metadata.name)).toEqual(networks.map((network) => network.name))
      for (const {path} of parts.nodeFiles) expect(nodePaths).toContain(path)
      expect(new Set(configsOf(parts).flatMap(({bridge}) => bridge ?? []))).toEqual(new Set(bridges))
    })
  })

  test('shares neither namespace, nor bridge, nor file with another', () => {
    const all = scenarioNames.map(outlineOf)
    for (const list of [
      all.flatMap(({namespaces}) => namespaces),
      all.flatMap(({bridges}) => bridges),
      all.flatMap(({nodePaths}) => nodePaths),
      all.flatMap(({outside}) => outside.map(({kind, name}) => `${kind} ${name}`)),
    ])
      expect(new Set(list).size).toBe(list.length)
  })

  test('has networks that verify finds valid, of plugins that it says it needs, without a default route', () => {
    everywhere((name, parts, site) => {
      for (const config of configsOf(parts)) {
        expect(scenarioNamed(name).needs.plugins).toEqual(expect.arrayContaining([...pluginsOf(config)]))
        expect((config.bridge ?? '').length).toBeLessThanOrEqual(15)
      }
      for (const nad of nadsOf(parts)) expect(validity(nad, parts, site)).toMatchObject({status: 'pass'})
      expect(JSON.stringify(parts.groundwork)).not.toContain('0.0.0.0/0')
    })
  })

  test('asks for addresses inside the subnet that its network declares, none twice on one network', () => {
    everywhere((_, parts) => {
      const asked = attachmentsOf(parts).filter(({ips}) => ips !== undefined)
      for (const {network, ips} of asked) {
        const subnet = parseCidr(subnetOf(network, parts) ?? '')
        const address = parseAddress(ips?.[0]?.split('/')[0] ?? '')
        expect(subnet && address && contains(subnet, address)).toBe(true)
        expect(ips?.[0]?.split('/')[1]).toBe(String(subnet?.prefix))
      }
      const all = asked.map(({network, ips}) => `${subnetOf(network, parts)} ${ips?.[0]}`)
      expect(new Set(all).size).toBe(all.length)
    })
  })

  test('attaches to networks that are its own, by interface names that Linux takes', () => {
    everywhere((_, parts) => {
      const own = nadsOf(parts).map(({metadata}) => `${metadata.namespace}/${metadata.name}`)
      for (const {network, interface: name} of attachmentsOf(parts)) {
        expect(own).toContain(network)
        expect(name ?? 'net1').toMatch(/^[a-z][a-z0-9]{1,14}$/)
      }
    })
  })

  test('expects what can be judged, each thing once', () => {
    everywhere((_, parts) => {
      const labels = parts.checks.map(({check, subject}) => `${check} ${checkNamed(check)?.label(subject)}`)
      expect(labels.filter((label) => label.endsWith('undefined'))).toEqual([])
      expect(new Set(labels).size).toBe(labels.length)
    })
  })

  test('pods end quickly', () => {
    everywhere((_, parts) => {
      for (const object of parts.workloads.filter(({kind}) => kind !== 'Service'))
        expect(JSON.stringify(object)).toContain('"terminationGracePeriodSeconds":1')
    })
  })
})

function textOf(parts: ScenarioParts): string {
  return [
    ...objectsOf(parts).map((object) => toYaml(object)),
    ...parts.nodeFiles.map(({path, files}) => toYaml({path, files})),
    toYaml({
      checks: parts.checks.map(({check, subject}) => `${check}: ${checkNamed(check)?.label(subject)}`),
      look: parts.look,
    }),
  ].join('---\n')
}

function objectsOf({namespaces, groundwork, workloads}: ScenarioParts): readonly KubernetesObject[] {
  return [...namespaces, ...groundwork, ...workloads]
}

function nadsOf({groundwork}: ScenarioParts): readonly KubernetesObject[] {
  return groundwork.filter(({kind}) => kind === 'NetworkAttachmentDefinition')
}

function configText(nad: KubernetesObject): string {
  return (nad['spec'] as {readonly config?: string}).config ?? ''
}

function configsOf(parts: ScenarioParts): readonly NetworkConfig[] {
  const texts = [
    ...nadsOf(parts).map(configText),
    ...parts.nodeFiles.flatMap(({files}) => Object.values(files)),
  ].filter((text) => text !== '')
  return texts.map((text) => {
    const config = parseNetworkConfig(text)
    if ('fault' in config) throw new Error(config.fault)
    return config
  })
}

/** What `verify` would say of a network of it. */
function validity({metadata, ...nad}: KubernetesObject, parts: ScenarioParts, {nodes, nic}: ScenarioSite) {
  const path = metadata.annotations?.['k8s-local.dev/config-file']
  const files = parts.nodeFiles.find((one) => one.path === path)?.files ?? {}
  const text = configText({metadata, ...nad})
  const configs = text === '' ? files : Object.fromEntries(nodes.map((node) => [node, text]))
  const link = `5: ${nic.interface}@if6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu ${nic.mtu} qdisc noqueue`
  const seen = {type: 'text', exitCode: 0, stdout: link, stderr: ''} as const
  const links = readConfigsOn({config: text, nodeConfigs: configs}, nodes).flatMap(
    ({node, config: {master, mtu = 0}}) => (master === undefined ? [] : [{node, master, mtu}]),
  )
  const judged = networkValid.judge({}, {network: metadata.name, configs, nodes, findings: []})
  if (judged.status !== 'pass' || links.length === 0) return judged
  return mtuFits.judge(Object.fromEntries(nodes.map((node) => [node, seen])), {
    network: metadata.name,
    links,
    findings: [],
  })
}

interface Attachment {
  /** `namespace/name`. */
  readonly network: string
  readonly interface?: string
  readonly ips?: readonly string[]
}

function attachmentsOf({workloads}: ScenarioParts): readonly Attachment[] {
  return workloads.flatMap((object) => {
    const template = (object['spec'] as {readonly template?: Pick<KubernetesObject, 'metadata'>}).template
    const text = (template ?? object).metadata.annotations?.['k8s.v1.cni.cncf.io/networks'] ?? ''
    return read(text).map(({name, namespace, ...how}) => ({
      ...how,
      network: name.includes('/') ? name : `${namespace ?? object.metadata.namespace}/${name}`,
    }))
  })
}

function read(
  text: string,
): readonly (Omit<Attachment, 'network'> & {readonly name: string; readonly namespace?: string})[] {
  if (text === '') return []
  if (text.startsWith('[')) return JSON.parse(text) as ReturnType<typeof read>
  return text.split(', ').map((item) => {
    const [name = '', nic] = item.split('@')
    return {name, ...(nic !== undefined && {interface: nic})}
  })
}

function subnetOf(network: string, parts: ScenarioParts): string | undefined {
  const nad = nadsOf(parts).find(({metadata}) => `${metadata.namespace}/${metadata.name}` === network)
  return nad?.metadata.annotations?.['k8s-local.dev/subnet']
}
