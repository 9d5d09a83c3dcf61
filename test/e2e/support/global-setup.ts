import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TestProject} from 'vitest/node'
import {docker, kindContainers, labelledNetworks, ran} from './engine.ts'
import {bundle} from './home.ts'
import {say} from './log.ts'
import {copyPackage} from './copy-package.ts'

/** Every cluster of these tests has a name that starts so: what a killed run left can be told from a person's clusters. */
const prefix = 'e2e-'

/** Refuses to run beside another live run, clears what a dead one left, and hands back the removal of all that this one makes. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  await docker('version', '--format', '{{.Server.Version}}')
  // Tests on a borrowed cluster make none, so they disturb no other run.
  if (borrowed === undefined) {
    takeTurn()
    await sweep('left by a run that did not end')
  }
  say(bundle === undefined ? 'no bundle: registries have to answer' : `bundle: ${bundle}`)
  const copy = mkdtempSync(join(tmpdir(), 'k8s-local-e2e-package-'))
  copyPackage('.', copy)
  project.provide('package', copy)
  return async () => {
    rmSync(copy, {recursive: true, force: true})
    if (borrowed !== undefined) return
    await sweep('left by these tests')
    rmSync(turn, {force: true})
  }
}

const borrowed = process.env.K8S_LOCAL_E2E_CLUSTER

const turn = join(tmpdir(), 'k8s-local-e2e.pid')

function takeTurn(): void {
  const holder = readHolder()
  if (holder !== undefined && lives(holder)) {
    throw new Error(`another run of the end-to-end tests is alive, pid ${holder}: wait for it, or end it and run again`)
  }
  writeFileSync(turn, String(process.pid))
}

function readHolder(): number | undefined {
  try {
    return Number(readFileSync(turn, 'utf8'))
  } catch {
    return undefined
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function sweep(why: string): Promise<void> {
  const containers = (await kindContainers(prefix)).map(({name}) => name)
  if (containers.length > 0) {
    say(`removing containers ${why}: ${containers.join(' ')}`)
    await ran(['docker', 'rm', '-f', '-v', ...containers], {timeoutSeconds: 120})
  }
  const networks = await labelledNetworks(prefix)
  if (networks.length > 0) {
    say(`removing engine networks ${why}: ${networks.join(' ')}`)
    await ran(['docker', 'network', 'rm', ...networks])
  }
}
