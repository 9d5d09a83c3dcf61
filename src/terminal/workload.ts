import type {ObservedWorkload} from '../plan/workload.ts'
import type {ChosenTarget} from '../run/choose-target.ts'
import type {WorkloadReference} from '../spec/workload-reference.ts'
import type {World} from './world-command.ts'

/** A workload of the cluster as it is now. @throws what asking the API throws */
export async function observeWorkloadOf(
  {target}: ChosenTarget,
  workload: {readonly reference: WorkloadReference; readonly namespace: string},
  {drivers, signal}: World,
): Promise<ObservedWorkload> {
  const {observeWorkload} = await import('../run/target/observe-workload.ts')
  const kubernetes = await drivers.kubernetes(target.kubeconfig, target.context)
  return observeWorkload(kubernetes, {...workload, signal})
}
