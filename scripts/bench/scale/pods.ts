import type {Curve, CurveRun} from './curve.ts'
import {type PodsWish, removePods, startPods} from './pod-burst.ts'
import {cluster, type Session} from './session.ts'

const counts = [1, 10, 50, 100, 200]
const modes = ['thin', 'thick'] as const
/**
 * Its first quarter holds the addresses of the nodes; the other three, of 1,024 addresses each, go to the network of create and to one for each IPAM. Apart from
 * what the program, docker and kind choose by themselves.
 */
const subnet = '10.76.0.0/20'
const ipams = ['host-local', 'whereabouts'] as const

/** What an attached pod more costs until all have their second interface, and the same pods without one. */
export const pods: Curve = {
  name: 'pods',
  title: 'until all pods are Ready with net1, on three nodes',
  across: 'pods',
  needsCluster: true,
  measure: async (run) => {
    for (const mode of modes) {
      await run.session.create(['--multus', mode, '--workers', '2', '--network', `data=${subnet}`, '--verify'])
      for (const ipam of ipams)
        await run.session.program([
          'net',
          'add',
          'macvlan',
          ipam,
          '--master',
          'data',
          '--ipam',
          ipam,
          ...named,
          '--yes',
        ])
      const image = await probeImage(run.session)
      for (let round = 0; round < run.rounds; round++) await measureMode(run, mode, image)
    }
    await run.session.remove()
  },
}

const named = ['--cluster', cluster]

/** All counts of all kinds in turn, growing; of a kind that was too late once, no larger count is tried. */
async function measureMode(run: CurveRun, mode: (typeof modes)[number], image: string): Promise<void> {
  const {session, keep, say} = run
  const client = await session.kubernetes()
  const nodes = (await client.list({apiVersion: 'v1', kind: 'Node'}, session.signal)).map(({metadata}) => metadata.name)
  const late = new Set<string>()
  for (const count of run.quick ? counts.slice(0, 2) : counts) {
    for (const network of [undefined, ...ipams]) {
      const name = `${mode}, ${network ?? 'no network'}`
      if (late.has(name)) continue
      const wish: PodsWish = {count, nodes, image, ...(network !== undefined && {network})}
      const started = await startPods(client, wish, session.signal)
      await removePods(client, session.signal)
      say(
        `pods: ${name}, ${count}: ${started.seconds === undefined ? started.seen : `${started.seconds.toFixed(1)} s`}`,
      )
      if (started.seconds === undefined) late.add(name)
      else await keep({name, unit: 's'}, count, started.seconds)
    }
  }
}

/** The image of verify's own probe pods: create has brought it to the nodes. */
async function probeImage(session: Session): Promise<string> {
  const {stdout} = await session.program(['verify', cluster, '--quick', '--dry-run', '--json'])
  const [, image] = /"image":\s*"([^"]+)"/.exec(stdout) ?? []
  if (image === undefined) throw new Error(`verify would start no probe pod on ${cluster}`)
  return image
}
