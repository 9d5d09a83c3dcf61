import type {Collector} from '../collector.ts'
import {agentLogs} from './agent-logs.ts'
import {clusterObjects} from './cluster-objects.ts'
import {engineFacts} from './engine-facts.ts'
import {nodeLooks} from './node-looks.ts'
import {podLooks} from './pod-looks.ts'

/** Everything that a diagnosis collects, in the order in which it is looked at: what helps most comes first. */
export const collectors: readonly Collector[] = [clusterObjects, nodeLooks, agentLogs, podLooks, engineFacts]
