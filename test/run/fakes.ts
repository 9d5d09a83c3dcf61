import type {
  Drivers,
  EngineContainer,
  EngineDriver,
  EngineNetwork,
  FileDriver,
  Finished,
  JournalDriver,
  JournalEntry,
  KubernetesDriver,
  RunOptions,
} from '../../src/drivers/ports.ts'
import type {StepContext} from '../../src/run/executor.ts'
import type {ClusterRecord} from '../../src/steps/action.ts'
import {type FakeClock, makeFakeClock} from './fake-clock.ts'

/** Ports by port; each may be given in part. */
export type FakeParts = {
  readonly [P in Exclude<keyof Drivers, 'kubernetes' | 'clock'>]?: Partial<Drivers[P]>
} & {readonly kubernetes?: Partial<KubernetesDriver>; readonly clock?: FakeClock}

/** Drivers that know what they were given, and fail a test that asks for anything else. */
export function fakeDrivers(parts: FakeParts = {}): Drivers & {readonly clock: FakeClock} {
  const client = strict<KubernetesDriver>('kubernetes', parts.kubernetes)
  return {
    process: strict('process', parts.process),
    engine: strict('engine', parts.engine),
    kind: strict('kind', parts.kind),
    helm: strict('helm', parts.helm),
    downloads: strict('downloads', parts.downloads),
    files: strict('files', parts.files),
    host: strict('host', parts.host),
    journal: strict('journal', parts.journal ?? fakeJournal()),
    kubeconfig: strict('kubeconfig', parts.kubeconfig),
    clock: parts.clock ?? makeFakeClock(),
    kubernetes: async () => client,
  }
}

/** The context of a step named `step` of the cluster `demo`; what it told is in `told`. */
export function fakeContext(
  parts: FakeParts = {},
  {signal = new AbortController().signal, seconds = 600}: {signal?: AbortSignal; seconds?: number} = {},
): StepContext & {readonly told: string[]; readonly drivers: {readonly clock: FakeClock}} {
  const drivers = fakeDrivers(parts)
  const told: string[] = []
  return {
    drivers,
    signal,
    cluster: 'demo',
    context: 'kind-demo',
    kubernetes: () => drivers.kubernetes('/state/demo/kubeconfig'),
    looks: {drivers, kubernetes: () => drivers.kubernetes('/state/demo/kubeconfig')},
    progress: (done, total, unit) => told.push(`${done}/${total ?? '?'} ${unit}`),
    note: (text) => told.push(text),
    secondsLeft: () => seconds,
    soFar: () => ({
      title: 'Run',
      cluster: 'demo',
      status: 'checks-failed',
      seconds: 0,
      steps: [],
      criticalPath: [],
      checks: [],
    }),
    told,
  }
}

function strict<T extends object>(name: string, part: Partial<T> | undefined): T {
  return new Proxy((part ?? {}) as T, {
    get(target, property) {
      // `then`: a promise that resolves to it asks whether it is a promise itself.
      if (property in target || property === 'then') return target[property as keyof T]
      throw new Error(`${name}.${String(property)} was not expected`)
    },
  })
}

export interface FakeJournal extends JournalDriver {
  readonly entries: Map<string, {record: ClusterRecord; phase: JournalEntry['phase']; kubeconfigs?: string[]}>
  readonly locked: Set<string>
}

export function fakeJournal(): FakeJournal {
  const entries: FakeJournal['entries'] = new Map()
  const locked = new Set<string>()
  return {
    entries,
    locked,
    read: async (cluster) => {
      const entry = entries.get(cluster)
      return entry && {kubeconfigs: [], ...entry}
    },
    list: async () => [...entries.keys()],
    begin: async (cluster, record) => void entries.set(cluster, {record, phase: 'creating'}),
    mark: async (cluster, phase) => {
      const entry = entries.get(cluster)
      if (entry) entry.phase = phase
    },
    noteKubeconfig: async (cluster, file) => {
      const entry = entries.get(cluster)
      if (entry) entry.kubeconfigs = [...(entry.kubeconfigs ?? []), file]
    },
    holder: async (cluster) => (locked.has(cluster) ? {pid: 7, host: 'here'} : undefined),
    forget: async (cluster) => void entries.delete(cluster),
    file: (cluster, name) => `/state/${cluster}/${name}`,
    lock: async (cluster) => {
      locked.add(cluster)
      return async () => void locked.delete(cluster)
    },
  }
}

export const record: ClusterRecord = {
  name: 'demo',
  kubernetes: 'v1.34.4',
  controlPlanes: 1,
  workers: 2,
  cni: 'cilium',
  cniVersion: '1.15.19',
  multus: 'thin',
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/16',
  networks: [],
}

export function container(name: string, changes: Partial<EngineContainer> = {}): EngineContainer {
  const role = name.includes('control-plane') ? 'control-plane' : 'worker'
  return {
    name,
    state: 'running',
    labels: {'io.x-k8s.kind.cluster': 'demo', 'io.x-k8s.kind.role': role},
    addresses: {},
    ...changes,
  }
}

export function engineNetwork(name: string, changes: Partial<EngineNetwork> = {}): EngineNetwork {
  return {name, subnets: ['172.30.0.0/24'], labels: {}, internal: true, containers: [], ...changes}
}

export function finished(stdout = '', changes: Partial<Finished> = {}): Finished {
  return {exitCode: 0, stdout, stderr: '', ...changes}
}

export type Answer = (
  node: string,
  argv: readonly string[],
  options: RunOptions,
) => Partial<Finished> | string | undefined

/** `engine.exec` that answers by function, and keeps what was asked as `node: argv`; no answer is exit code 0. */
export function fakeExec(answer: Answer): {readonly exec: EngineDriver['exec']; readonly asked: string[]} {
  const asked: string[] = []
  return {
    asked,
    exec: async (node, argv, options = {}) => {
      asked.push(`${node}: ${argv.join(' ')}`)
      const said = answer(node, argv, options)
      return typeof said === 'string' ? finished(said) : {...finished(), ...said}
    },
  }
}

export function fakeFiles(
  texts: Readonly<Record<string, string>>,
): FileDriver & {readonly written: Map<string, string>} {
  const written = new Map(Object.entries(texts))
  const part: Partial<FileDriver> = {
    read: async (file) => written.get(file),
    write: async (file, text) => void written.set(file, text),
    list: async (directory) => {
      const below = [...written.keys()].filter((file) => file.startsWith(`${directory}/`))
      return [...new Set(below.map((file) => file.slice(directory.length + 1).split('/')[0] ?? ''))].toSorted()
    },
    writable: async () => ({writable: true}),
    paths: {packageRoot: '/package', cache: '/cache', state: '/state', kubeconfig: '/home/kubeconfig'},
  }
  return Object.assign(strict<FileDriver>('files', part), {written})
}
