import {expect} from 'vitest'
import type {PodInterface} from '../support/in-namespace.ts'

/** One way to attach: what is typed, and what has to be inside the pods then. `place` is another number in every cell of the table. */
export interface AttachForm {
  readonly flags: (place: number) => readonly string[]
  readonly proof: (interfaces: Inside, place: number) => void
}

export type Inside = Readonly<Record<string, PodInterface>>

/** The networks of the suite, as the forms name them. */
export const home = 'e2e-attach'
export const elsewhere = 'e2e-attach-other'
/** In the kernel's order no name is first: only what is there counts. */
const named = (inside: Inside): readonly string[] => Object.keys(inside).toSorted()

export const attachForms: Readonly<Record<string, AttachForm>> = {
  'one network': {
    flags: () => ['--network', 'shared'],
    proof: (inside) => {
      expect(named(inside)).toEqual(['eth0', 'net1'])
      expect(inside['net1']?.addresses).toHaveLength(1)
    },
  },
  'several, in order': {
    flags: () => ['--network', 'bridged', '--network', 'shared', '--network', `${elsewhere}/far`],
    proof: (inside) => {
      expect(named(inside)).toEqual(['eth0', 'net1', 'net2', 'net3'])
      expect(inside['net1']?.addresses[0]).toMatch(/^10\.193\.0\./)
      expect(inside['net3']?.addresses[0]).toMatch(/^10\.194\.0\./)
    },
  },
  'a name: @data0': {
    flags: () => ['--network', 'shared@data0', '--network', 'bridged'],
    proof: (inside) => expect(named(inside)).toEqual(['data0', 'eth0', 'net2']),
  },
  'another namespace': {
    flags: () => ['--network', `${elsewhere}/far`],
    proof: (inside) => expect(inside['net1']?.addresses[0]).toMatch(/^10\.194\.0\.\d+\/24$/),
  },
  '--ip of a range': {
    flags: (place) => ['--network', 'bridged', '--ip', `10.193.0.${100 + place}`],
    proof: (inside, place) => expect(inside['net1']?.addresses).toEqual([`10.193.0.${100 + place}/24`]),
  },
  '--ip without a range': {
    flags: (place) => ['--network', 'fixed@f0', '--ip', `10.195.0.${100 + place}/24`],
    proof: (inside, place) => {
      expect(inside['f0']?.addresses).toEqual([`10.195.0.${100 + place}/24`])
      expect(inside['f0']?.routes).toEqual(['10.195.0.0/24'])
    },
  },
  '--mac': {
    flags: (place) => ['--network', 'shared', '--network', 'bridged', '--mac', `net1=${macOf(place)}`],
    proof: (inside, place) => expect(inside['net1']?.mac).toBe(macOf(place)),
  },
  '--default-route': {
    flags: () => ['--network', 'bridged', '--default-route', '10.193.0.1'],
    proof: (inside) => {
      expect(inside['net1']?.routes).toContain('default via 10.193.0.1')
      expect(inside['eth0']?.routes.filter((route) => route.startsWith('default'))).toEqual([])
      expect(inside['eth0']?.routes.some((route) => route.startsWith('10.96.0.0/'))).toBe(true)
    },
  },
  '--bandwidth': {
    flags: () => ['--network', 'bridged', '--bandwidth', '20M/5M'],
    proof: (inside) => expect(named(inside)).toEqual(['eth0', 'net1']),
  },
  '--port-map': {
    flags: (place) => ['--network', 'bridged', '--port-map', `${18_100 + place}:80`],
    proof: (inside) => expect(named(inside)).toEqual(['eth0', 'net1']),
  },
  '--default-network': {
    flags: () => ['--default-network', 'e2e-attach-eth0', '--network', 'bridged'],
    proof: (inside) => {
      expect(named(inside)).toEqual(['eth0', 'net1'])
      expect(inside['eth0']?.addresses[0]).toMatch(/^10\.196\.0\.\d+\/24$/)
      expect(inside['eth0']?.routes).toContain('default via 10.196.0.1')
    },
  },
}

/** What is typed, and what is said to it. */
export const refusedForms: readonly (readonly [string, readonly string[]])[] = [
  ['there is no network e2e-attach/nowhere', ['--network', 'nowhere']],
  ['there is no node nowhere', ['--network', 'shared', '--node', 'nowhere']],
  ['10.193.0.251 is outside the range of e2e-attach/bridged', ['--network', 'bridged', '--ip', '10.193.0.251']],
  ['10.193.0.112 is the address of e2e-attach/form-12', ['--network', 'bridged', '--ip', '10.193.0.112']],
  ['10.195.0.7 needs its prefix length', ['--network', 'fixed', '--ip', '10.195.0.7']],
  ['bring their own addresses, and none is asked for', ['--network', 'fixed']],
  ['ignores requests for addresses, silently', ['--network', `${elsewhere}/far`, '--ip', '10.194.0.9']],
  [
    'no plugin of its configuration declares "capabilities": {"bandwidth": true}',
    ['--network', `${elsewhere}/far`, '--bandwidth', '1M'],
  ],
  ['the plugin bandwidth shapes veth pairs only', ['--network', 'shared', '--bandwidth', '1M']],
  ['no port of it can lead to e2e-attach/shared', ['--network', 'shared', '--port-map', '8080:80']],
  ['10.9.9.9 is in no subnet of e2e-attach/bridged', ['--network', 'bridged', '--default-route', '10.9.9.9']],
  ['Multus looks for a default network in kube-system', ['--default-network', 'bridged']],
  ['two networks would be the interface net2', ['--network', 'shared@net2', '--network', 'bridged']],
  ["'sixteen-letters1' is not an interface name: at most 15 characters", ['--network', 'shared@sixteen-letters1']],
  [
    '3 replicas cannot share one address',
    ['--network', 'bridged', '--ip', '10.193.0.99', '--as', 'deployment', '--replicas', '3'],
  ],
]

function macOf(place: number): string {
  return `02:00:5e:10:00:${place.toString(16).padStart(2, '0')}`
}
