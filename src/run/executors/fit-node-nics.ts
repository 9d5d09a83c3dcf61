import {Problem} from '../../problem.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeContainers} from '../node-containers.ts'
import {changeNode} from '../node-exec.ts'
import {nodeInterfaces} from '../node-interfaces.ts'

/** Each NIC is found by the MAC that the engine gave it. One that was connected again has another name than before (libnetwork counts on). */
export const fitNodeNics: Executor<'fit-node-nics'> = async (action, context) => {
  const {network, interface: name, addresses, prefix} = action
  const containers = await nodeContainers(Object.keys(addresses), context)
  const fitted = await inParallel(containers, async (container) => {
    const address = addresses[container.name] ?? ''
    const mac = container.addresses[network]?.mac ?? ''
    return await fitNic({node: container.name, mac, name, address, prefix}, context)
  })
  return {already: fitted.every(Boolean)}
}

interface Nic {
  readonly node: string
  readonly mac: string
  readonly name: string
  readonly address: string
  readonly prefix: number
}

/** True when it was so already. Throws engine-network-conflict when the node has no such NIC. */
async function fitNic({node, mac, name, address, prefix}: Nic, context: StepContext): Promise<boolean> {
  const interfaces = await nodeInterfaces(context, node)
  const found = interfaces.find((one) => one.mac === mac.toLowerCase() && mac !== '')
  if (!found)
    throw new Problem('engine-network-conflict', {
      message: `Node ${node} has no NIC with the MAC ${mac || 'that the engine should have given it'}`,
      cause: `It has: ${interfaces.map((one) => `${one.name} ${one.mac}`).join(', ')}`,
      suggestions: [`docker restart ${node}`],
    })
  const isRight = found.name === name && found.up && found.addresses.includes(address)
  if (isRight) return true
  // The kernel renames a link only while it is down.
  const lines = [
    ...(found.name === name ? [] : [`link set dev ${found.name} down`, `link set dev ${found.name} name ${name}`]),
    ...(found.addresses.includes(address) ? [] : [`address add ${address}/${prefix} broadcast + dev ${name}`]),
    `link set dev ${name} up`,
  ]
  await changeNode(context, node, ['ip', '-batch', '-'], {stdin: `${lines.join('\n')}\n`})
  return false
}
