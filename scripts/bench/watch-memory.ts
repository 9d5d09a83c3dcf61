import {readFile} from 'node:fs/promises'

/** Follows the kernel's own high-water mark of a process, in bytes; it only grows, so looking often enough before the end is all it takes. NaN without /proc. */
export function watchMemory(pid: number, everyMilliseconds = 100): {stop(): number} {
  let peak = Number.NaN
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(status)?.[1]
    if (kilobytes) peak = Number(kilobytes) * 1024
  }
  const timer = setInterval(() => void look(), everyMilliseconds)
  return {
    stop: () => {
      clearInterval(timer)
      return peak
    },
  }
}
