import {describe, expect, test} from 'vitest'
import {calico} from '../../src/catalog/cni/calico.ts'
import {cilium} from '../../src/catalog/cni/cilium.ts'
import type {CniContext, CniOption} from '../../src/catalog/cni/cni-option.ts'
import {cnis} from '../../src/catalog/cni/index.ts'
import type {ManifestEdit} from '../../src/steps/action.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {parseYaml} from '../../src/yaml.ts'
import {calicoExcerpt} from './calico-excerpt.ts'

const context: CniContext = {
  version: '1.15.19',
  podSubnet: '10.244.0.0/16',
  controlPlanes: 1,
  device: 'eth0',
  apiServer: {host: 'dev-control-plane', port: 6443},
}

describe.each([
  ['cilium', '1.15.19'],
  ['cilium', '1.20.2'],
  ['calico', 'v3.32.1'],
] as const)('%s %s', (name, version) => {
  test('is installed as its golden says', async () => {
    const install = cnis[name].install({...context, version})

    await expect(toYaml(install)).toMatchFileSnapshot(`../golden/config/${name}-${version}.yaml`)
  })
})

test.each(Object.entries<CniOption>(cnis))('%s counts as healthy by its roll-outs only', (_name, {ready}) => {
  expect(ready.map(({type}) => type)).toEqual(['rollout', 'rollout'])
})

describe('Cilium', () => {
  test.each([
    ['1.15.19', false],
    ['1.19.5', false],
    ['1.20.0', true],
    ['v1.20.2', true],
  ])('%s reads kernel symbols: %s', (version, expected) => {
    const [agent] = cilium.install({...context, version}).capabilityLists

    expect(agent?.wanted.includes('SYSLOG')).toBe(expected)
    expect(agent?.wanted).toContain('SYS_RESOURCE')
  })

  test('stays away from files and NICs that are not its own', () => {
    expect(cilium.install({...context, device: 'enp1'}).values).toMatchObject({
      cni: {exclusive: false},
      devices: 'enp1',
    })
  })
})

describe("Calico's manifest", () => {
  const {edits} = calico.install({...context, podSubnet: '10.128.0.0/14'})

  test.each([14, 16])('has each text once, with lists %i columns in (3.30, or 3.31 and later)', (indent) => {
    const text = calicoExcerpt(indent)

    expect(edits.map(({find}) => text.split(find).length - 1)).toEqual(edits.map(() => 1))
  })

  test.each([14, 16])('is VXLAN on the chosen subnet and NIC afterwards, and asks nothing of BIRD', (indent) => {
    const parsed = parseYaml(applied(calicoExcerpt(indent), edits))

    expect(parsed).toEqual({
      value: {
        data: {calico_backend: 'vxlan'},
        env: [
          {name: 'IP', value: 'autodetect'},
          {name: 'IP_AUTODETECTION_METHOD', value: 'interface=eth0'},
          {name: 'CALICO_IPV4POOL_IPIP', value: 'Never'},
          {name: 'CALICO_IPV4POOL_VXLAN', value: 'Always'},
          {name: 'CALICO_IPV6POOL_VXLAN', value: 'Never'},
          {name: 'CALICO_IPV4POOL_CIDR', value: '10.128.0.0/14'},
        ],
        live: {command: ['/bin/calico-node', '-felix-live']},
        ready: {command: ['/bin/calico-node', '-felix-ready']},
      },
    })
  })
})

function applied(text: string, edits: readonly ManifestEdit[]): string {
  return edits.reduce((edited, {find, replace}) => edited.replace(find, () => replace), text)
}
