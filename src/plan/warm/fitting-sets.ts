import {cnis} from '../../catalog/cni/index.ts'
import {multusModes} from '../../catalog/multus/index.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {warmSetOf} from './warm-set.ts'

/** The hashes of all warm images that clusters from these artifacts would start from: one for each node image, CNI and way to run Multus. */
export function fittingHashes(artifacts: readonly Artifact[]): readonly string[] {
  const first = Object.fromEntries(artifacts.toReversed().map((one) => [one.name, one]))
  const nodes = artifacts.filter(({name}) => name === 'node')
  const wishes = nodes.flatMap((node) =>
    namesOf(cnis).flatMap((cni) =>
      [...namesOf(multusModes), 'none' as const].map((multus) => ({cni, multus, artifacts: {...first, node}})),
    ),
  )
  return wishes.flatMap((wish) => warmSetOf(wish)?.image.hash ?? [])
}

function namesOf<K extends string>(registry: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(registry) as K[]
}
