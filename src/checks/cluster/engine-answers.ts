import {compareVersions} from '../../spec/versions.ts'
import type {Check} from '../check.ts'
import {nodeMemory, oldestEngine} from './machine-needs.ts'

type Subject = {
  readonly version: string
  readonly cgroupVersion: string
  readonly memory: number
  readonly nodes: number
  readonly dataRoot: string
  readonly diskFree: number | null
}

/** Bytes that must be free for images, etcd and logs to grow; below it the kubelet evicts pods (its default is 10 % of the disk). */
const leastFree = 2 ** 30

/** H01: the engine that runs the nodes answers, is new enough, and has room. */
export const engineAnswers: Check<Subject> = {
  id: 'H01',
  title: 'Container engine has room',
  tier: 'quick',
  severity: 'error',
  needs: ['host'],
  subjects: ({nodes, surroundings}) => {
    const host = surroundings?.host
    return host ? [{...host.engine, nodes: nodes.length, diskFree: host.diskFree ?? null}] : []
  },
  label: () => '',
  probes: () => ({}),
  judge(_, {version, cgroupVersion, memory, nodes, dataRoot, diskFree}) {
    if (compareVersions(version, oldestEngine) < 0)
      return {
        status: 'fail',
        summary: `Docker ${version} is older than ${oldestEngine}, the oldest that works`,
        fix: 'update it: https://docs.docker.com/engine/install/',
      }
    if (diskFree !== null && diskFree < leastFree)
      return {
        status: 'fail',
        summary: `${inGib(diskFree)} are free in ${dataRoot}`,
        cause: 'without room etcd stops writing, and the kubelet evicts pods and removes images',
        fix: 'docker system prune',
      }
    const about = `Docker ${version}, cgroup v${cgroupVersion}, ${inGib(memory)} of memory, ${diskFree === null ? 'disk unknown' : `${inGib(diskFree)} of disk free`}`
    const needed = (nodes + 0.5) * nodeMemory
    if (memory < needed)
      return {
        status: 'warn',
        summary: `${nodes} nodes want about ${inGib(needed)} of memory, and the engine has ${inGib(memory)}`,
        fix: 'give the engine more memory, or make a cluster of fewer nodes',
      }
    return {status: 'pass', summary: about}
  },
}

function inGib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
