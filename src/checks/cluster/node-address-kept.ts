import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {parseAddresses, parseDefaultRoutes} from '../ip-output.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'

type Subject = {
  readonly node: string
  /** On kind's own network; empty where nobody has asked the engine. */
  readonly address: string
}

/**
 * The Node's InternalIP is its address on kind's own network. After a restart it can be one of an extra network (kind #2917). Only kind's network has
 * a default route, for ours are internal, so the NIC of the default route tells which it is.
 */
export const nodeAddressKept: Check<Subject> = {
  id: 'H07',
  title: 'Node keeps its address',
  tier: 'quick',
  severity: 'error',
  needs: ['engine', 'node-access'],
  subjects: (scene) => scene.nodes.map(({name, address}) => ({node: name, address})),
  label: ({node}) => node,
  probes: ({node}) => ({
    node: {type: 'api', path: `/api/v1/nodes/${node}`},
    addresses: {type: 'node', node, argv: ['ip', '-o', '-4', 'addr', 'show']},
    routes: {type: 'node', node, argv: ['ip', '-4', 'route', 'show', 'default']},
  }),
  judge(evidence, {node, address}) {
    const object = jsonOf(evidence, 'node')
    if ('missing' in object) return couldNotLook(`node ${node}`, object)
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses of ${node}`, addresses)
    const routes = textOf(evidence, 'routes')
    if ('missing' in routes) return couldNotLook(`the routes of ${node}`, routes)

    const internal = internalAddress(object.value)
    if (internal === undefined)
      return {status: 'fail', summary: `${node} has no InternalIP`, fix: `kubectl describe node ${node}`}
    const device = parseDefaultRoutes(routes.value)[0]?.interface
    const owners = parseAddresses(addresses.value)
    const expected = address === '' ? owners.find((owner) => owner.interface === device)?.address : address
    if (expected === undefined) return couldNotLook(`the address of ${node}`, {missing: 'it has no default route'})
    if (internal === expected)
      return {status: 'pass', summary: `InternalIP ${internal}, on ${device ?? 'the default route'}`}
    const owner = owners.find((one) => one.address === internal)
    return {
      status: 'fail',
      summary: `InternalIP is ${internal}, and the address on kind's network is ${expected}`,
      cause: owner
        ? `${internal} is on ${owner.interface}, an extra network: a restart took it (kind #2917)`
        : `no interface of ${node} has ${internal}: a restart gave the node another address`,
      fix: `docker restart ${node}`,
    }
  },
}

function internalAddress(node: Json): string | undefined {
  const entry = listAt(node, 'status', 'addresses').find((address) => at(address, 'type') === 'InternalIP')
  return textAt(entry, 'address')
}
