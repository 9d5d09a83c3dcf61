import type {ScenarioNeeds, ScenarioSite} from './scenario.ts'

/** A cluster as `create` makes it, for showing a scenario where there is none: its extra network is eth1 on three nodes. */
export function imaginedSite({workers, blocks, subnets}: ScenarioNeeds): ScenarioSite {
  const nodes = ['k8s-local-control-plane', 'k8s-local-worker', 'k8s-local-worker2']
  return {
    nodes,
    workers: nodes.slice(1, 1 + workers),
    image: 'k8s-local/probe:latest',
    nic: {interface: 'eth1', mtu: 1500},
    blocks: ['172.30.0.32/28', '172.30.0.48/28'].slice(0, blocks),
    subnets: ['10.100.0.0/24', '10.101.0.0/24', '10.102.0.0/24'].slice(0, subnets),
  }
}
