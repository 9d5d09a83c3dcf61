import {chainPlugins} from './chain/index.ts'
import type {ChainOption} from './chain/chain-option.ts'
import type {KernelLink} from './kernel-link.ts'
import {networkTypes} from './network/index.ts'
import type {NetworkOption} from './network/network-option.ts'

/** One of each kind that a type or a chained plugin needs. */
export function kernelLinks(): readonly KernelLink[] {
  const options: readonly (NetworkOption | ChainOption)[] = [
    ...Object.values(networkTypes),
    ...Object.values(chainPlugins),
  ]
  return [...new Map(options.flatMap(({link}) => (link ? [[link.kind, link]] : []))).values()]
}

/** Lines for `ip -batch`: a parent, then each link made on line 2, 4, 6 … and taken away after it, for a NIC has children of one kind only. */
export function batchOf(links: readonly KernelLink[]): string {
  const parent = 'link add name parent type veth peer name parent-peer'
  return `${[parent, ...links.flatMap(({make}) => [make.join(' '), 'link del dev child'])].join('\n')}\n`
}

/** The kernel's words stand before the number of the line that failed (iproute2, lib/utils.c do_batch). */
export function readRefusals(stderr: string, links: readonly KernelLink[]): Readonly<Record<string, string>> {
  const refused: Record<string, string> = {}
  let words: string[] = []
  for (const line of stderr.split('\n')) {
    const failed = /^Command failed -:(\d+)$/.exec(line)
    if (!failed) {
      words.push(line.trim())
      continue
    }
    const place = Number(failed[1]) - 2
    const link = place >= 0 && place % 2 === 0 ? links[place / 2] : undefined
    if (link) refused[link.kind] = words.filter((word) => word !== '').join(' ')
    words = []
  }
  return refused
}
