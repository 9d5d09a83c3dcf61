import type {SurroundingFacts, TargetFacts} from '../plan/facts.ts'
import type {ChosenTarget} from '../run/choose-target.ts'
import {text} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {runFields} from '../spec/run-fields.ts'
import {readText} from '../spec/texts.ts'
import {absolute, only} from './run-options.ts'
import type {World} from './world-command.ts'

/** Which cluster a command works on. */
export const targetFields = {
  cluster: text({
    flag: 'cluster',
    ask: 'Cluster',
    describe: 'Name of the cluster; the only one where there is one',
    read: readText,
  }),
  context: text({
    flag: 'context',
    ask: 'Context of the kubeconfig',
    describe: 'A context of the kubeconfig instead, for a cluster that k8s-local did not make',
    read: readText,
  }),
  bundle: runFields.bundle,
} as const satisfies Fields

/** The cluster that was named, or the only one. @throws cluster-not-found, cluster-ambiguous */
export async function findTarget(said: RawInput, {drivers, signal, options}: World): Promise<ChosenTarget> {
  const {cluster, context} = readFields(targetFields, only(said, targetFields))
  const {chooseTarget} = await import('../run/choose-target.ts')
  return chooseTarget(
    {
      signal,
      ...(cluster !== undefined && {cluster}),
      ...(context !== undefined && {context}),
      ...(options.kubeconfig !== undefined && {kubeconfig: options.kubeconfig}),
    },
    drivers,
  )
}

/** The cluster, and all that can be seen of it. @throws what finding and observing it throw */
export async function observeNamed(
  said: RawInput,
  world: World,
): Promise<{readonly chosen: ChosenTarget; readonly facts: TargetFacts}> {
  const chosen = await findTarget(said, world)
  const {bundle} = readFields(targetFields, only(said, targetFields))
  const {observeTarget} = await import('../run/observe-target.ts')
  const {drivers, signal} = world
  const facts = await observeTarget(drivers, {
    ...chosen,
    signal,
    ...(bundle !== undefined && {bundle: absolute(bundle)}),
  })
  return {chosen, facts}
}

/** What is around the cluster, for verify. @throws what observing it throws */
export async function observeAround(
  facts: TargetFacts,
  {target}: ChosenTarget,
  {drivers, signal}: World,
): Promise<SurroundingFacts> {
  const [kubernetes, {observeSurroundings}] = await Promise.all([
    drivers.kubernetes(target.kubeconfig, target.context),
    import('../run/target/observe-surroundings.ts'),
  ])
  return observeSurroundings(facts, {drivers, kubernetes, signal})
}
