import {readdir, readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

/** Where the engine on this machine keeps containers in the freezer of cgroup version 1. */
const freezer = '/sys/fs/cgroup/freezer/docker'

/**
 * Thaws what lies frozen in these containers (full ids), so that they can be killed; says whether anything was. On cgroup version 1 a runc inside a
 * node freezes a pod's processes for a moment to change their limits; a node that is killed in that moment never ends, for a frozen process takes no
 * SIGKILL, and the engine says "tried to kill container, but did not receive an exit event" (seen with Docker 20.10 and runc 1.1 in the node).
 * Does nothing where the engine is elsewhere or this user may not.
 */
export async function thawContainers(ids: readonly string[], root = freezer): Promise<boolean> {
  const thawed = await Promise.all(ids.map((id) => thawBelow(join(root, id))))
  return thawed.some(Boolean)
}

async function thawBelow(folder: string): Promise<boolean> {
  const names = await readdir(folder, {recursive: true}).catch((): string[] => [])
  const states = names.filter((name) => name.endsWith('freezer.state')).map((name) => join(folder, name))
  const thawed = await Promise.all(states.map((state) => thaw(state)))
  return thawed.some(Boolean)
}

async function thaw(state: string): Promise<boolean> {
  try {
    const own = await readFile(join(dirname(state), 'freezer.self_freezing'), 'utf8')
    if (own.trim() !== '1') return false
    await writeFile(state, 'THAWED')
    return true
  } catch {
    return false
  }
}
