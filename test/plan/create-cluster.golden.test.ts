import {describe, expect, test} from 'vitest'
import {createCluster} from '../../src/plan/create-cluster.ts'
import {givenFacts, givenSpec, onlineArtifacts} from './given.ts'
import {planText} from './plan-text.ts'

/** Reviewed like code: what `create` does, in which order, for every CNI, every way to run Multus, with and without an extra network. */
describe('the plan of create', () => {
  const matrix = (['cilium', 'calico'] as const).flatMap((cni) =>
    (['thin', 'thick', 'none'] as const).flatMap((multus) =>
      (['one-network', 'no-network'] as const).map((network) => [cni, multus, network] as const),
    ),
  )

  test.each(matrix)('%s, %s, %s', async (cni, multus, network) => {
    const networks = network === 'one-network' ? [{name: 'data', subnet: 'auto'}] : []
    const spec = givenSpec({cni, multus, networks, testNetworks: networks.length > 0 && multus !== 'none'})

    const plan = createCluster({spec, verify: false, keepOnFailure: false}, givenFacts())

    await expect(planText(plan)).toMatchFileSnapshot(`../golden/plans/create-${cni}-${multus}-${network}.txt`)
  })

  test('ends with a proof where one was asked for', async () => {
    const plan = createCluster({spec: givenSpec(), verify: true, keepOnFailure: false}, givenFacts())

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/create-verified.txt')
  })

  test('pulls images where nothing lies in a bundle', async () => {
    const facts = givenFacts({source: 'online', artifacts: onlineArtifacts()})

    const plan = createCluster({spec: givenSpec(), verify: false, keepOnFailure: true}, facts)

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/create-online.txt')
  })

  test('a cluster of one node has no workers to wait for', async () => {
    const plan = createCluster(
      {
        spec: givenSpec({
          workers: 0,
          networks: [
            {name: 'a', subnet: 'auto'},
            {name: 'b', subnet: '10.77.0.0/24'},
          ],
        }),
        verify: true,
        keepOnFailure: false,
      },
      givenFacts(),
    )

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/create-one-node-two-networks.txt')
  })
})
