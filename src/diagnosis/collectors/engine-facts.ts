import type {Collector, EngineProbe} from '../collector.ts'

/** What this machine's container engine and our own notes tell of the cluster; they are there when the API is not. */
export const engineFacts: Collector = () =>
  (Object.keys(titles) as EngineProbe['about'][]).map((about) => ({
    file: `engine/${about}.json`,
    title: titles[about],
    probe: {type: 'engine', about},
    optional: true,
  }))

const titles: Readonly<Record<EngineProbe['about'], string>> = {
  engine: 'container engine: version, memory, processors',
  containers: "the nodes' containers and their addresses",
  networks: 'networks of the engine and their subnets',
  record: 'what k8s-local noted down of the cluster',
}
