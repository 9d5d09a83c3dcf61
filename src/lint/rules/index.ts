import type {Rule} from '../rule.ts'
import {annotationForm} from './annotation-form.ts'
import {attachmentKey} from './attachment-key.ts'
import {chainOrder} from './chain-order.ts'
import {clashingKeys} from './clashing-keys.ts'
import {clusterSubnet} from './cluster-subnet.ts'
import {cniVersion} from './cni-version.ts'
import {configJson} from './config-json.ts'
import {configMissing} from './config-missing.ts'
import {configName} from './config-name.ts'
import {configShape} from './config-shape.ts'
import {defaultNetwork} from './default-network.ts'
import {defaultRouteRequest} from './default-route-request.ts'
import {defaultRoute} from './default-route.ts'
import {description} from './description.ts'
import {deviceRequest} from './device-request.ts'
import {dhcpServer} from './dhcp-server.ts'
import {dottedName} from './dotted-name.ts'
import {duplicateKey} from './duplicate-key.ts'
import {duplicateNetwork} from './duplicate-network.ts'
import {fixedAddressReplicas} from './fixed-address-replicas.ts'
import {gateway} from './gateway.ts'
import {guardedNic} from './guarded-nic.ts'
import {hostNetwork} from './host-network.ts'
import {interfaceName} from './interface-name.ts'
import {invalidAddress} from './invalid-address.ts'
import {ipsCapability} from './ips-capability.ts'
import {isolatedNamespace} from './isolated-namespace.ts'
import {machineSubnet} from './machine-subnet.ts'
import {masterAbsent} from './master-absent.ts'
import {misplacedAnnotation} from './misplaced-annotation.ts'
import {missingKey} from './missing-key.ts'
import {misspeltAnnotation} from './misspelt-annotation.ts'
import {mtu} from './mtu.ts'
import {namespaceOrder} from './namespace-order.ts'
import {nodeFileAbsent} from './node-file-absent.ts'
import {objectKind} from './object-kind.ts'
import {objectName} from './object-name.ts'
import {otherCapability} from './other-capability.ts'
import {overlappingNetworks} from './overlapping-networks.ts'
import {pluginAbsent} from './plugin-absent.ts'
import {poolSize} from './pool-size.ts'
import {rangeOutside} from './range-outside.ts'
import {requestedAddress} from './requested-address.ts'
import {resourceAbsent} from './resource-absent.ts'
import {resourceLimits} from './resource-limits.ts'
import {roleOnNetworks} from './role-on-networks.ts'
import {shallowText} from './shallow-text.ts'
import {sharedHostLocal} from './shared-host-local.ts'
import {sharedLeases} from './shared-leases.ts'
import {sharedMaster} from './shared-master.ts'
import {sharedSlices} from './shared-slices.ts'
import {sriovResource} from './sriov-resource.ts'
import {textUnreadable} from './text-unreadable.ts'
import {unknownKey} from './unknown-key.ts'
import {unknownNetwork} from './unknown-network.ts'
import {unknownPlugin} from './unknown-plugin.ts'
import {wrongValue} from './wrong-value.ts'

/** Every rule, by code. */
export const rules: readonly Rule[] = [
  textUnreadable,
  shallowText,
  configJson,
  duplicateKey,
  configShape,
  cniVersion,
  configName,
  configMissing,
  objectKind,
  objectName,
  duplicateNetwork,
  sharedLeases,
  nodeFileAbsent,
  unknownPlugin,
  unknownKey,
  wrongValue,
  missingKey,
  clashingKeys,
  chainOrder,
  pluginAbsent,
  sriovResource,
  resourceAbsent,
  invalidAddress,
  rangeOutside,
  gateway,
  clusterSubnet,
  overlappingNetworks,
  sharedHostLocal,
  defaultRoute,
  dhcpServer,
  machineSubnet,
  sharedSlices,
  masterAbsent,
  sharedMaster,
  mtu,
  guardedNic,
  annotationForm,
  attachmentKey,
  dottedName,
  interfaceName,
  unknownNetwork,
  ipsCapability,
  requestedAddress,
  otherCapability,
  defaultRouteRequest,
  defaultNetwork,
  fixedAddressReplicas,
  misplacedAnnotation,
  misspeltAnnotation,
  hostNetwork,
  deviceRequest,
  poolSize,
  isolatedNamespace,
  roleOnNetworks,
  namespaceOrder,
  description,
  resourceLimits,
]
