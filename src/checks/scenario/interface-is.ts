import type {Judge} from '../check.ts'
import {parseAddresses, parseLinks} from '../ip-output.ts'
import {couldNotLook, textOf} from '../seen.ts'

export type InterfaceSubject = {
  readonly namespace: string
  readonly pod: string
  readonly interface: string
  /** With its prefix length. */
  readonly address: string
  readonly mtu: number
  /** Lower case; any when empty. */
  readonly mac: string
}

/** A pod has an interface of this name with exactly this address, MTU and MAC address, by its own kernel's account. */
export const interfaceIs: Judge<InterfaceSubject> = {
  title: 'Interface is as declared',
  label: ({namespace, pod, interface: name}) => `${namespace}/${pod} ${name}`,
  probes: ({namespace, pod}) => ({
    addresses: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'addr']},
    links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
  }),
  judge(evidence, {pod, interface: name, address, mtu, mac}) {
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${pod}`, addresses)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${pod}`, links)
    const all = parseLinks(links.value)
    const link = all.find((one) => one.interface === name)
    if (!link) {
      const names = all.map((one) => one.interface).join(', ')
      return {
        status: 'fail',
        summary: `${pod} has no interface ${name}: it has ${names}`,
        fix: 'k8s-local pod list; then apply the scenario again',
      }
    }
    const own = parseAddresses(addresses.value).filter((one) => one.interface === name)
    const texts = own.map((one) => `${one.address}/${one.prefix}`)
    const faults = [
      ...(texts.includes(address) ? [] : [`has ${texts.join(', ') || 'no address'} instead of ${address}`]),
      ...(link.mtu === mtu ? [] : [`has MTU ${link.mtu} instead of ${mtu}`]),
      ...(mac === '' || link.mac === mac ? [] : [`has MAC ${link.mac ?? 'none'} instead of ${mac}`]),
      ...(link.up ? [] : ['is down']),
    ]
    if (faults.length > 0)
      return {
        status: 'fail',
        summary: `${name} of ${pod} ${faults.join(', ')}`,
        evidence: links.value
          .split('\n')
          .filter((line) => line.includes(` ${name}`))
          .map((line) => line.trim()),
      }
    return {status: 'pass', summary: `${address}, MTU ${mtu}${mac === '' ? '' : `, MAC ${mac}`}`}
  },
}
