import {addressIn, given, interfaceAddress} from './addresses.ts'
import {expects, expectsPrimary} from './expectations.ts'
import {bridgeNetwork} from './networks.ts'
import {closePrimary, namespace, pod} from './objects.ts'
import type {Scenario, ScenarioSite} from './scenario.ts'

const names = ['a', 'b'] as const
type Tenant = (typeof names)[number]

export const tenants: Scenario = {
  title: 'Two tenants on networks of their own',
  shows:
    'Two namespaces, each with a bridge of its own: pods of one tenant reach each other, and nobody reaches over. Neither bridge has an address of the node, so that the node ' +
    'cannot route between them. What is left is the primary network, which all pods share: a NetworkPolicy in each namespace closes it to the other.',
  needs: {workers: 1, blocks: 0, subnets: 2, plugins: ['bridge', 'static']},
  build(site) {
    return {
      namespaces: names.map((tenant) => namespace(nsOf(tenant))),
      groundwork: names.flatMap((tenant) => [
        bridgeNetwork(
          {
            name: `tenant-${tenant}`,
            namespace: nsOf(tenant),
            description: `Tenant ${tenant} alone`,
            subnet: subnetOf(tenant, site),
          },
          `br-scn-ten-${tenant}`,
        ),
        closePrimary({namespace: nsOf(tenant), name: 'own-namespace-only'}, {from: [{podSelector: {}}]}),
      ]),
      nodeFiles: [],
      workloads: names.flatMap((tenant) =>
        [1, 2].map((place) =>
          pod({
            name: podOf(tenant, place),
            namespace: nsOf(tenant),
            image: site.image,
            node: given(site.workers, 0),
            attachments: [{network: `tenant-${tenant}`, ip: interfaceAddress(subnetOf(tenant, site), place)}],
          }),
        ),
      ),
      checks: names.flatMap((tenant) => checksOf(tenant, tenant === 'a' ? 'b' : 'a', site)),
      look: [
        `kubectl -n ${nsOf('a')} exec ${podOf('a', 1)} -- ping -c 2 -I net1 ${addressIn(subnetOf('a', site), 2)}`,
        `kubectl -n ${nsOf('a')} exec ${podOf('a', 1)} -- ping -c 2 -I net1 ${addressIn(subnetOf('b', site), 1)}`,
        `kubectl get network-attachment-definitions,networkpolicies -n ${nsOf('a')}`,
      ],
    }
  },
}

function checksOf(tenant: Tenant, other: Tenant, site: ScenarioSite) {
  const own = {namespace: nsOf(tenant), from: podOf(tenant, 1)}
  return [
    expects('reaches', {
      ...own,
      to: podOf(tenant, 2),
      interface: 'net1',
      address: addressIn(subnetOf(tenant, site), 2),
    }),
    expects('cut-off', {...own, to: podOf(other, 1), interface: 'net1', address: addressIn(subnetOf(other, site), 1)}),
    expects('primary-closed', {...own, to: podOf(other, 1), toNamespace: nsOf(other)}),
    expectsPrimary(nsOf(tenant), podOf(tenant, 1)),
  ]
}

function nsOf(tenant: Tenant): string {
  return `scenario-tenant-${tenant}`
}

function podOf(tenant: Tenant, place: number): string {
  return `${tenant}-${place}`
}

function subnetOf(tenant: Tenant, {subnets}: ScenarioSite): string {
  return given(subnets, names.indexOf(tenant))
}
