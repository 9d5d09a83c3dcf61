import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {dockerLines, kindContainers, labelledNetworks, ran} from './engine.ts'
import type {Home} from './home.ts'

/** All that a cluster left on this machine, one line each: containers, engine networks, kubeconfig entries, files of its state, running programs. */
export async function tracesOf(cluster: string, home: Home): Promise<readonly string[]> {
  const containers = (await kindContainers(cluster)).filter((container) => container.cluster === cluster)
  const labelled = await labelledNetworks(cluster)
  const named = await dockerLines('network', 'ls', '--filter', `name=^${cluster}-`, '--format', '{{.Name}}')
  return [
    ...containers.map(({name}) => `container ${name}`),
    ...new Set([...labelled, ...named].map((name) => `engine network ${name}`)),
    ...kubeconfigLines(cluster, home.kubeconfig),
    ...stateFiles(cluster, home),
    ...programsNaming(cluster).map((command) => `running: ${command}`),
  ]
}

/** Names of the volumes that a cluster's containers mount; kind gives every node an anonymous one. */
export async function volumesOf(cluster: string): Promise<readonly string[]> {
  const names = (await kindContainers(cluster))
    .filter((container) => container.cluster === cluster)
    .map(({name}) => name)
  if (names.length === 0) return []
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}'
  // One that the engine is still making, or has just removed, is listed and cannot be inspected: the others are named all the same.
  const {stdout} = await ran(['docker', 'container', 'inspect', '--format', format, ...names])
  return stdout.split('\n').filter((line) => line !== '')
}

/** Those of the volumes that still exist. */
export async function volumesLeft(volumes: readonly string[]): Promise<readonly string[]> {
  const all = new Set(await dockerLines('volume', 'ls', '-q'))
  return volumes.filter((volume) => all.has(volume))
}

function kubeconfigLines(cluster: string, file: string): readonly string[] {
  const folder = join(file, '..')
  const others = readdirSync(folder).filter((name) => join(folder, name) !== file)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const naming = lines.filter((line) => line.includes(`kind-${cluster}`))
  return [
    ...naming.map((line) => `kubeconfig: ${line.trim()}`),
    ...others.map((name) => `beside the kubeconfig: ${name}`),
  ]
}

function stateFiles(cluster: string, home: Home): readonly string[] {
  const folder = join(home.state, 'clusters', cluster)
  return existsSync(folder) ? [folder, ...readdirSync(folder).map((name) => join(folder, name))] : []
}

/** Command lines of running programs that name the cluster. Linux only; elsewhere none are seen. */
function programsNaming(cluster: string): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => commandLine(pid))
    .filter((command) => new RegExp(`(^|[ =/])${cluster}($|[ -])`).test(command))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return '' // ended meanwhile
  }
}
