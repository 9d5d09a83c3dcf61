import type {Action, ActionType} from '../../steps/action.ts'
import type {Executor, StepContext, StepResult} from '../executor.ts'
import {applyManifest} from './apply-manifest.ts'
import {applyObjects} from './apply-objects.ts'
import {beginCluster} from './begin-cluster.ts'
import {buildWarmImage} from './build-warm-image.ts'
import {check} from './check.ts'
import {collect} from './collect-diagnosis.ts'
import {completeCluster} from './complete-cluster.ts'
import {connectNodes} from './connect-nodes.ts'
import {copyCniPlugins} from './copy-cni-plugins.ts'
import {createEngineNetwork} from './create-engine-network.ts'
import {createKindCluster} from './create-kind-cluster.ts'
import {deleteCachedFiles} from './delete-cached-files.ts'
import {deleteEngineNetworks} from './delete-engine-networks.ts'
import {deleteKindCluster} from './delete-kind-cluster.ts'
import {deleteNodeFiles} from './delete-node-files.ts'
import {deleteNodeLinks} from './delete-node-links.ts'
import {deleteObjects} from './delete-objects.ts'
import {ensureEngineImage} from './ensure-engine-image.ts'
import {evictPods} from './evict-pods.ts'
import {fetchArtifact} from './fetch-artifact.ts'
import {fitNodeNics} from './fit-node-nics.ts'
import {forgetCluster} from './forget-cluster.ts'
import {importImages} from './import-images.ts'
import {installChart} from './install-chart.ts'
import {mergeKubeconfig} from './merge-kubeconfig.ts'
import {patchObject} from './patch-object.ts'
import {pinNodeAddresses} from './pin-node-addresses.ts'
import {pullImages} from './pull-images.ts'
import {removeKubeconfigEntries} from './remove-kubeconfig-entries.ts'
import {removeWarmImages} from './remove-warm-images.ts'
import {restartNodes} from './restart-nodes.ts'
import {restartPods} from './restart-pods.ts'
import {saveWarmImage} from './save-warm-image.ts'
import {startNodes} from './start-nodes.ts'
import {stopNodes} from './stop-nodes.ts'
import {wait} from './wait.ts'
import {writeNodeFiles} from './write-node-files.ts'

/** Key = type of the action = file name. */
const executors = {
  'fetch-artifact': fetchArtifact,
  'ensure-engine-image': ensureEngineImage,
  'pull-images': pullImages,
  'begin-cluster': beginCluster,
  'complete-cluster': completeCluster,
  'create-kind-cluster': createKindCluster,
  'delete-kind-cluster': deleteKindCluster,
  'start-nodes': startNodes,
  'stop-nodes': stopNodes,
  'restart-nodes': restartNodes,
  'create-engine-network': createEngineNetwork,
  'connect-nodes': connectNodes,
  'fit-node-nics': fitNodeNics,
  'pin-node-addresses': pinNodeAddresses,
  'delete-engine-networks': deleteEngineNetworks,
  'copy-cni-plugins': copyCniPlugins,
  'import-images': importImages,
  'build-warm-image': buildWarmImage,
  'save-warm-image': saveWarmImage,
  'remove-warm-images': removeWarmImages,
  'delete-cached-files': deleteCachedFiles,
  'install-chart': installChart,
  'apply-manifest': applyManifest,
  'apply-objects': applyObjects,
  'restart-pods': restartPods,
  'patch-object': patchObject,
  'delete-objects': deleteObjects,
  'evict-pods': evictPods,
  'write-node-files': writeNodeFiles,
  'delete-node-files': deleteNodeFiles,
  'delete-node-links': deleteNodeLinks,
  'merge-kubeconfig': mergeKubeconfig,
  'remove-kubeconfig-entries': removeKubeconfigEntries,
  'forget-cluster': forgetCluster,
  wait,
  check,
  'collect-diagnosis': collect,
} satisfies {readonly [T in ActionType]: Executor<T>}

/** Carries out one action. Throws Problems. */
export function execute(action: Action, context: StepContext): Promise<StepResult> {
  // The registry's type pairs each key with its own member; TypeScript cannot follow that through a lookup by union.
  const executor = executors[action.type] as (action: Action, context: StepContext) => Promise<StepResult>
  return executor(action, context)
}
