import {at, listAt, textAt} from '../json-path.ts'
import {pluginObjects} from '../network-config.ts'

/** The routes that a network's configuration gives its pods. */
export interface DeclaredRoutes {
  readonly routes: readonly {readonly to: string; readonly gateway?: string}[]
  /** Whether the default route is among them: in `routes`, or by isDefaultGateway. */
  readonly default: boolean
  /** Whether the subnet is reached through the gateway, as ptp does it, which then has a route of its own. */
  readonly throughGateway: boolean
  /** Whether somebody else decides too: a DHCP server, or a plugin behind the main one that moves routes or adds some (sbr, vrf). */
  readonly open: boolean
}

/** Plugins that leave routes alone. */
const quiet = ['tuning', 'bandwidth', 'portmap', 'firewall']

/** From `spec.config`; nothing declared where it cannot be read. */
export function declaredRoutes(config: string): DeclaredRoutes {
  const [main, ...chain] = pluginObjects(config)
  const ipam = at(main, 'ipam')
  const routes = listAt(ipam, 'routes').flatMap((route) => {
    const to = textAt(route, 'dst')
    const gateway = textAt(route, 'gw')
    return to === undefined ? [] : [{to, ...(gateway !== undefined && {gateway})}]
  })
  return {
    routes: routes.filter(({to}) => !isDefault(to)),
    default: at(main, 'isDefaultGateway') === true || routes.some(({to}) => isDefault(to)),
    throughGateway: textAt(main, 'type') === 'ptp',
    open:
      main === undefined ||
      textAt(ipam, 'type') === 'dhcp' ||
      chain.some((plugin) => !quiet.includes(textAt(plugin, 'type') ?? '')),
  }
}

function isDefault(to: string): boolean {
  return /^(0\.0\.0\.0|::)\/0$/.test(to)
}
