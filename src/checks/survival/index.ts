import type {Check} from '../check.ts'
import {noPodWithoutInterface} from './no-pod-without-interface.ts'
import {survivesClusterRestart} from './survives-cluster-restart.ts'
import {survivesCniRestart} from './survives-cni-restart.ts'
import {survivesMultusRestart} from './survives-multus-restart.ts'
import {survivesNodeRestart} from './survives-node-restart.ts'
import {survivesUninstall} from './survives-uninstall.ts'

/** What a cluster must come through. */
export const survivalChecks = {
  'survives-multus-restart': survivesMultusRestart,
  'survives-cni-restart': survivesCniRestart,
  'no-pod-without-interface': noPodWithoutInterface,
  'survives-node-restart': survivesNodeRestart,
  'survives-cluster-restart': survivesClusterRestart,
  'survives-uninstall': survivesUninstall,
} as const satisfies Record<string, Check>
