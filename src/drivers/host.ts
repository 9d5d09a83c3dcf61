import {readFile, statfs} from 'node:fs/promises'
import {arch, availableParallelism, platform} from 'node:os'
import {parseLinuxRoutes, parseNetstatRoutes} from './host/routes.ts'
import type {HostDriver, ProcessDriver} from './ports.ts'
import {findProgram} from './process/find-program.ts'

/** This machine. What it does not tell is left out, never an error. */
export function createHostDriver(processes: ProcessDriver, environment: NodeJS.ProcessEnv = process.env): HostDriver {
  return {
    routes: () => readRoutes(processes),
    limits: async () => {
      const [inotifyInstances, inotifyWatches] = await Promise.all([
        readLimit('max_user_instances'),
        readLimit('max_user_watches'),
      ])
      return {
        ...(inotifyInstances === undefined ? {} : {inotifyInstances}),
        ...(inotifyWatches === undefined ? {} : {inotifyWatches}),
      }
    },
    diskFree: async (directory) => {
      const space = await statfs(directory).catch(() => undefined)
      return space && space.bavail * space.bsize
    },
    platform: () => ({os: platform(), arch: arch() === 'arm64' ? 'arm64' : 'amd64', cpus: availableParallelism()}),
    which: (program) => findProgram(program, environment['PATH'] ?? ''),
  }
}

/** Linux tells its IPv4 routes in a file; elsewhere `netstat` does, as on macOS. */
async function readRoutes(processes: ProcessDriver): Promise<readonly string[]> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => undefined)
  if (table !== undefined) return parseLinuxRoutes(table)
  const answer = await processes.run(['netstat', '-rn', '-f', 'inet'], {timeoutSeconds: 5}).catch(() => undefined)
  return answer ? parseNetstatRoutes(answer.stdout) : []
}

async function readLimit(name: string): Promise<number | undefined> {
  const text = await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text)
}
