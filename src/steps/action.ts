import type {Artifact} from './artifact.ts'
import type {CheckRequest} from './check-request.ts'
import type {Json, KubernetesObject, ObjectRef} from './object.ts'
import type {Readiness} from './readiness.ts'
import type {WarmImage} from './warm-image.ts'

/**
 * The closed vocabulary of changes. Every action is data and safe to repeat: an executor that finds its work done reports `already`.
 * Adding a CNI, a network type or a check adds no action; adding an action is an architectural act.
 */
export type Action =
  /** A verified file in the cache (program, archive, chart, manifest). */
  | {readonly type: 'fetch-artifact'; readonly artifact: Artifact}
  /** An image that kind starts (node, load balancer) in the engine: pulled by digest, or loaded from the bundle. A `warm` one is what its labels say. */
  | {readonly type: 'ensure-engine-image'; readonly artifact: Artifact; readonly warm?: WarmImage}
  /** Images in the engine, for those that come from a registry. */
  | {readonly type: 'pull-images'; readonly artifacts: readonly Artifact[]}
  /** Writes the journal of a cluster before anything is made, so that an interrupted run can be told from a stranger's cluster. */
  | {readonly type: 'begin-cluster'; readonly cluster: string; readonly record: ClusterRecord}
  /** Marks the journal complete. */
  | {readonly type: 'complete-cluster'; readonly cluster: string}
  | {
      readonly type: 'create-kind-cluster'
      readonly cluster: string
      readonly nodes: readonly string[]
      readonly config: KubernetesConfigText
      readonly image: string
      readonly kind: Artifact
    }
  | {readonly type: 'delete-kind-cluster'; readonly cluster: string}
  /** The node containers run. */
  | {readonly type: 'start-nodes'; readonly nodes: readonly string[]}
  /** The node containers stand still. */
  | {readonly type: 'stop-nodes'; readonly nodes: readonly string[]}
  /** The node containers stop, all at once, and start again, in the order of their addresses: the engine then gives each the one that it had. */
  | {readonly type: 'restart-nodes'; readonly nodes: readonly string[]}
  | {readonly type: 'create-engine-network'; readonly cluster: string; readonly network: EngineNetworkPlan}
  /** `interface` is the name that the NIC must get on every node: the executor finds the NIC by its address and refuses any other name, for networks of the same plan name it as their master. */
  | {
      readonly type: 'connect-nodes'
      readonly network: string
      readonly addresses: Readonly<Record<string, string>>
      readonly interface?: string
    }
  /** The NIC that the engine gave each node on the network has this name, has its address (`prefix`: length of the subnet's), and is up. */
  | {
      readonly type: 'fit-node-nics'
      readonly network: string
      readonly interface: string
      readonly addresses: Readonly<Record<string, string>>
      readonly prefix: number
    }
  /** Keeps a restart from moving a node's own address to an extra network (kind #2917; see templates/getent-filter). */
  | {readonly type: 'pin-node-addresses'; readonly nodes: readonly string[]; readonly subnets: readonly string[]}
  | {readonly type: 'delete-engine-networks'; readonly cluster: string}
  /** CNI plugin binaries into /opt/cni/bin of every node; what is there already stays. */
  | {readonly type: 'copy-cni-plugins'; readonly artifact: Artifact; readonly nodes: readonly string[]}
  /** The engine holds the node image with these images unpacked in it, and the plugins in place. An interrupted one leaves nothing. */
  | {
      readonly type: 'build-warm-image'
      readonly image: WarmImage
      readonly node: Artifact
      readonly images: readonly Artifact[]
      readonly plugins?: Artifact
      readonly seen?: FolderOnNodes
    }
  /** The bundle (absolute path) carries the warm image of the engine, and of its warm images only those whose contents are in `fitting`. An interrupted one leaves nothing. */
  | {
      readonly type: 'save-warm-image'
      readonly image: WarmImage
      readonly node: Artifact
      readonly bundle: string
      readonly fitting: readonly string[]
    }
  /** Images of the engine, by all their names, or by id where they have none; and the containers that interrupted builds of them have left. */
  | {readonly type: 'remove-warm-images'; readonly images: readonly string[]}
  /** Downloads of ours (absolute paths): they are fetched again when they are needed. */
  | {readonly type: 'delete-cached-files'; readonly files: readonly string[]}
  /** `seen` is a folder that the nodes may see too: files of it are read there, if they are the same files; all else is streamed. */
  | {
      readonly type: 'import-images'
      readonly artifacts: readonly Artifact[]
      /** In the order in which they are filled. */
      readonly nodes: readonly string[]
      /** How many nodes read a file at the same time; absent: all. */
      readonly atOnce?: number
      readonly seen?: FolderOnNodes
    }
  | {
      readonly type: 'install-chart'
      readonly helm: Artifact
      readonly chart: Artifact
      readonly release: string
      readonly namespace: string
      readonly values: Readonly<Record<string, unknown>>
      readonly capabilityLists: readonly CapabilityList[]
      readonly node: string
    }
  | {readonly type: 'apply-manifest'; readonly artifact: Artifact; readonly edits: readonly ManifestEdit[]}
  | {readonly type: 'apply-objects'; readonly objects: readonly KubernetesObject[]}
  /** The pods of a workload are deleted, all or those of one node, and others are Ready in their place. */
  | {
      readonly type: 'restart-pods'
      readonly kind: 'DaemonSet' | 'Deployment' | 'StatefulSet'
      readonly namespace: string
      readonly name: string
      readonly node?: string
    }
  /** Changes some fields of an object (strategic merge patch; a plain one for custom resources) and leaves all others to their owners. */
  | {
      readonly type: 'patch-object'
      readonly ref: ObjectRef
      readonly subresource?: 'ephemeralcontainers'
      readonly patch: Json
    }
  /** With `until: 'pods-gone'` namespaces are marked for deletion and their pods gone: the rest of them goes by itself. */
  | {
      readonly type: 'delete-objects'
      readonly objects: readonly ObjectRef[]
      readonly until?: 'all-gone' | 'pods-gone'
      /** Seconds until they must be gone; absent: as long as that usually takes. */
      readonly seconds?: number
    }
  /** These very pods end, as their disruption budgets allow and with the time that they ask for: what made them makes new ones. */
  | {
      readonly type: 'evict-pods'
      readonly pods: readonly {readonly namespace: string; readonly name: string; readonly uid: string}[]
    }
  /** One text file on nodes: `files` maps a node to the text. */
  | {readonly type: 'write-node-files'; readonly path: string; readonly files: Readonly<Record<string, string>>}
  /** `path` is a file, or a folder with all that is in it. */
  | {readonly type: 'delete-node-files'; readonly path: string; readonly nodes: readonly string[]}
  /** Virtual links that a plugin made on nodes and left there: the bridge plugin never removes its bridge. */
  | {readonly type: 'delete-node-links'; readonly links: readonly string[]; readonly nodes: readonly string[]}
  /** Adds the cluster, user and context to the user's kubeconfig and makes the context current. */
  | {readonly type: 'merge-kubeconfig'; readonly cluster: string; readonly file: string}
  | {readonly type: 'remove-kubeconfig-entries'; readonly cluster: string; readonly file: string}
  /** Removes journal, private kubeconfig and logs of a cluster. */
  | {readonly type: 'forget-cluster'; readonly cluster: string}
  | {
      readonly type: 'wait'
      readonly for: Readiness
      readonly timeoutSeconds: number
      readonly onTimeout: 'fail' | 'continue'
    }
  /** Looks at the cluster for one check and judges what was seen. A failed check does not fail the run; the outcome carries the verdict. */
  | {readonly type: 'check'; readonly request: CheckRequest}
  /** Collects what tells why something does not work into a new folder (absolute path) of this machine; the cluster stays as it is. */
  | {
      readonly type: 'collect-diagnosis'
      readonly folder: string
      /** Namespace of the privileged pods through which nodes are looked at; otherwise the engine does it. */
      readonly nodePods?: string
    }

export type ActionType = Action['type']

export type ActionOf<T extends ActionType> = Extract<Action, {type: T}>

/** kind's configuration as YAML text (kind.x-k8s.io/v1alpha4). */
export type KubernetesConfigText = string

/** What is known of a cluster of ours: kept in the journal on this machine and in the cluster (ConfigMap kube-public/k8s-local). */
export interface ClusterRecord {
  readonly name: string
  readonly kubernetes: string
  readonly controlPlanes: number
  readonly workers: number
  readonly cni: string
  readonly cniVersion: string
  readonly multus: string
  readonly podSubnet: string
  readonly serviceSubnet: string
  readonly networks: readonly {readonly name: string; readonly subnet: string}[]
}

export interface EngineNetworkPlan {
  /** The engine's name: `<cluster>-<name>`. */
  readonly name: string
  readonly subnet: string
  /** The slice that the engine may give to nodes; pods get the rest. */
  readonly nodeRange: string
  readonly labels: Readonly<Record<string, string>>
}

/** A folder of this machine that is mounted into the nodes. Absolute paths. */
export interface FolderOnNodes {
  readonly folder: string
  readonly onNodes: string
}

/** A literal text that must occur in the manifest exactly once. */
export interface ManifestEdit {
  readonly find: string
  readonly replace: string
}

/** A chart value that lists Linux capabilities: the node's bounding set decides which of them can be asked for. */
export interface CapabilityList {
  /** Dotted path of the value. */
  readonly path: string
  readonly wanted: readonly string[]
}
