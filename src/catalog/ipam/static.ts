import {type IpamOption, routesConfig} from './ipam-option.ts'

export const staticAddresses = {
  title: 'static',
  summary: 'each pod brings its own address, or all get the one of the network; nobody checks whether it is taken',
  plugins: ['static'],
  source: 'list',
  // Nobody hands anything out: there is nothing to slice.
  uniqueAcrossNodes: true,
  capabilities: {ips: true},
  toConfig: ({addresses, gateways, routes}) => ({
    type: 'static',
    ...(addresses.length > 0 && {
      addresses: addresses.map((address) => ({address, ...gatewayFor(address, gateways)})),
    }),
    ...routesConfig(routes),
  }),
} as const satisfies IpamOption

/** The gateway of the address's IP version. */
function gatewayFor(address: string, gateways: readonly string[]): {readonly gateway?: string} {
  const gateway = gateways.find((one) => one.includes(':') === address.includes(':'))
  return gateway === undefined ? {} : {gateway}
}
