import type {Curve, CurveRun} from './curve.ts'
import {cluster, type Session} from './session.ts'

const most = 20
/** After so many networks all of them are looked at. */
const looks = [1, 5, 10, 20]

/** What a network more costs: a NIC on each of three nodes, the NetworkAttachmentDefinition on it, and looking at all of them. */
export const networks: Curve = {
  name: 'networks',
  title: 'the k-th network on three nodes',
  across: 'networks',
  needsCluster: true,
  measure: async (run) => {
    for (let round = 0; round < run.rounds; round++) {
      await run.session.create([...shape, '--network', 'none', '--no-verify'])
      for (let k = 1; k <= (run.quick ? 5 : most); k++) {
        await addNetwork(run, k)
        if (looks.includes(k)) await look(run, k)
      }
    }
    await run.session.remove()
  },
}

const shape = ['--workers', '2', '--no-test-networks']

async function addNetwork({session, keep, say}: CurveRun, k: number): Promise<void> {
  const nic = await session.program([
    'create',
    cluster,
    '--cni',
    'cilium',
    ...shape,
    '--no-verify',
    ...upTo(k),
    '--yes',
    '--json',
  ])
  await keep({name: 'create --network, a NIC on every node', unit: 's'}, k, nic.seconds)
  const added = await session.program([
    'net',
    'add',
    'macvlan',
    `n${k}`,
    '--master',
    `n${k}`,
    ...named,
    '--yes',
    '--json',
  ])
  await keep({name: 'net add macvlan', unit: 's'}, k, added.seconds)
  say(`networks: ${k}: NICs ${nic.seconds.toFixed(1)} s, network ${added.seconds.toFixed(1)} s`)
}

/** The same command again with one network more: those that are there stay as they are. */
function upTo(k: number): readonly string[] {
  return Array.from({length: k}, (_, index) => ['--network', `n${index + 1}`]).flat()
}

const named = ['--cluster', cluster]

async function look({session, keep, say}: CurveRun, k: number): Promise<void> {
  const list = await session.program(['net', 'list', ...named, '--json'])
  await keep({name: 'net list', unit: 's'}, k, list.seconds)
  // A problem that status finds is not what is measured here.
  const status = await session.program(['status', cluster, '--json'], [0, 1])
  await keep({name: 'status', unit: 's'}, k, status.seconds)
  const verify = await verifyQuick(session)
  if (typeof verify === 'string') say(`networks: verify at ${k} is left out: ${verify}`)
  else await keep({name: 'verify --tier quick', unit: 's'}, k, verify)
}

/** Seconds; the reason where it failed, for the time of a failure is none that can be compared. */
async function verifyQuick(session: Session): Promise<number | string> {
  try {
    return (await session.program(['verify', cluster, '--tier', 'quick', '--keep', 'never', '--yes', '--json'])).seconds
  } catch (error) {
    session.signal.throwIfAborted()
    return error instanceof Error ? error.message.slice(0, 500) : String(error)
  }
}
