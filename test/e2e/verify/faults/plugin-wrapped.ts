import {kubectl} from '../../support/cluster.ts'
import {docker} from '../../support/engine.ts'
import type {Stage} from '../../support/stage.ts'
import type {Fault} from './fault.ts'

/** Puts a script in the place of a plugin, which does `instead` and then what the plugin does. */
async function wrap(node: string, plugin: string, instead: string): Promise<void> {
  const file = `/opt/cni/bin/${plugin}`
  const script = `#!/bin/sh\n${instead}\nexec ${file}.real "$@"\n`
  await docker('exec', node, 'mv', file, `${file}.real`)
  await docker('exec', node, 'sh', '-c', `printf '%s' "$1" > ${file} && chmod 755 ${file}`, 'sh', script)
}

async function unwrap(node: string, plugin: string): Promise<void> {
  await docker('exec', node, 'mv', `/opt/cni/bin/${plugin}.real`, `/opt/cni/bin/${plugin}`)
}

const onWorkers =
  (work: (node: string) => Promise<void>) =>
  async ({nodes: {workers}}: Stage): Promise<void> => {
    for (const node of workers) await work(node)
  }

export const addressesKept: Fault = {
  title: 'an IPAM keeps the addresses of pods that are gone',
  tier: 'full',
  flags: ['--check', 'addresses-returned'],
  fails: {'addresses-returned': /addresses of 50 pods that are gone are still reserved/},
  inject: onWorkers((node) => wrap(node, 'whereabouts', '[ "$CNI_COMMAND" = DEL ] && exit 0')),
  async heal(stage) {
    await onWorkers((node) => unwrap(node, 'whereabouts'))(stage)
    await freeLeaked(stage)
  },
}

interface Pool {
  readonly metadata: {readonly name: string; readonly namespace: string}
  readonly spec: {readonly allocations: Readonly<Record<string, {readonly podref?: string}>>}
}

/** Reservations of pods of runs of verify: none runs now. */
async function freeLeaked({cluster}: Stage): Promise<void> {
  const kind = 'ippools.whereabouts.cni.cncf.io'
  const pools = JSON.parse(await kubectl(cluster, ['get', kind, '-A', '-o', 'json'])) as {
    readonly items: readonly Pool[]
  }
  for (const {metadata, spec} of pools.items) {
    const leaked = Object.entries(spec.allocations).filter(([, {podref = ''}]) =>
      podref.startsWith('k8s-local-verify-'),
    )
    if (leaked.length === 0) continue
    const allocations = Object.fromEntries(leaked.map(([offset]) => [offset, null]))
    const patch = JSON.stringify({spec: {allocations}})
    await kubectl(cluster, [
      '-n',
      metadata.namespace,
      'patch',
      kind,
      metadata.name,
      '--type',
      'merge',
      '--patch',
      patch,
    ])
  }
}

export const slowPlugin: Fault = {
  title: 'a plugin takes long',
  tier: 'full',
  flags: ['--check', 'attach-latency'],
  fails: {'attach-latency': /not attached within 10 s/},
  inject: onWorkers((node) => wrap(node, 'macvlan', '[ "$CNI_COMMAND" = ADD ] && sleep 12')),
  heal: onWorkers((node) => unwrap(node, 'macvlan')),
}
