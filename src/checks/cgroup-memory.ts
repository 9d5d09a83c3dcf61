import type {Probe} from '../steps/check-request.ts'

/** What the containers of one pod use, in bytes. */
export interface CgroupMemory {
  /** What cannot be freed. */
  readonly used: number
  /** At most, with files that the kernel keeps in memory until somebody wants it. */
  readonly peak: number
  /** Processes that the kernel killed for it. */
  readonly kills: number
}

/** What `readMemory` understands. Files of cgroup v1 and v2; the peak is in v2 from Linux 5.19. */
export function memoryProbe(node: string): Probe {
  const files = ['memory.stat', 'memory.oom_control', 'memory.events', 'memory.max_usage_in_bytes', 'memory.peak']
  const names = files.flatMap((file, place) => [...(place === 0 ? [] : ['-o']), '-name', file])
  return {
    type: 'node',
    node,
    argv: [
      'find',
      '/sys/fs/cgroup',
      '-path',
      '*kubepods*pod*/*',
      '(',
      ...names,
      ')',
      '-exec',
      'grep',
      '-HE',
      '^((total_rss|anon|oom_kill) )?[0-9]+$',
      '{}',
      '+',
    ],
  }
}

/** By the uid of the pod, the sum of its containers; the peak of the largest. */
export function readMemory(text: string): ReadonlyMap<string, CgroupMemory> {
  const pods = new Map<string, CgroupMemory>()
  for (const line of text.split('\n')) {
    const match =
      /pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})[^/]*\/[^/]+\/memory\.(\S+?):(?:(\w+) )?(\d+)$/.exec(line)
    if (!match?.[1]) continue
    const uid = match[1].replaceAll('_', '-')
    const before = pods.get(uid) ?? {used: 0, peak: 0, kills: 0}
    const value = Number(match[4])
    pods.set(uid, add(before, {file: match[2] ?? '', key: match[3], value}))
  }
  return pods
}

function add(
  before: CgroupMemory,
  {file, key, value}: {readonly file: string; readonly key: string | undefined; readonly value: number},
): CgroupMemory {
  if (key === 'oom_kill') return {...before, kills: before.kills + value}
  if (key === 'total_rss' || key === 'anon') return {...before, used: before.used + value}
  return file === 'max_usage_in_bytes' || file === 'peak' ? {...before, peak: Math.max(before.peak, value)} : before
}

/** Bytes of a quantity such as `50Mi`; undefined for other texts. */
export function quantityBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M|G)?$/.exec(text)
  if (!match) return undefined
  return Number(match[1]) * (units[match[2] ?? ''] ?? 1)
}

const units: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  k: 1e3,
  M: 1e6,
  G: 1e9,
}
