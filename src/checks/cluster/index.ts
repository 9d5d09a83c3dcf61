import type {Check} from '../check.ts'
import {cniHealthy} from './cni-healthy.ts'
import {engineAnswers} from './engine-answers.ts'
import {inotifyLimits} from './inotify-limits.ts'
import {kernelLinks} from './kernel-links.ts'
import {nicsConnected} from './nics-connected.ts'
import {nodeAddressKept} from './node-address-kept.ts'
import {nodesHealthy} from './nodes-healthy.ts'
import {subnetsApart} from './subnets-apart.ts'

/** The machine, the nodes, and the cluster's own network. */
export const clusterChecks = {
  'engine-answers': engineAnswers,
  'inotify-limits': inotifyLimits,
  'kernel-links': kernelLinks,
  'subnets-apart': subnetsApart,
  'nodes-healthy': nodesHealthy,
  'cni-healthy': cniHealthy,
  'node-address-kept': nodeAddressKept,
  'nics-connected': nicsConnected,
} as const satisfies Record<string, Check>
