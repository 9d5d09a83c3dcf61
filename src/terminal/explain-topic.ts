import {ipams} from '../catalog/ipam/index.ts'
import {networkTypes} from '../catalog/network/index.ts'
import {reachOf} from '../checks/network-words.ts'
import type {Page} from './present-problem.ts'
import {hang, wrap} from './wrap.ts'

/** What a word of networks means: a type, or an IPAM. */
export interface ExplainedTopic {
  readonly topic: string
  readonly kind: 'network type' | 'IPAM'
  readonly means: string
  /** Who reaches whom, for a type. */
  readonly reach?: {readonly pods: string; readonly node: string}
  /** Programs that each node needs for it. */
  readonly plugins: readonly string[]
}

/** Every word that can be explained besides codes. */
export const topics: readonly string[] = [...Object.keys(networkTypes), ...Object.keys(ipams)]

/** The text for a word; undefined for one that is none of ours. */
export function explainTopic(wanted: string): ExplainedTopic | undefined {
  const topic = wanted.toLowerCase()
  const type = rowOf(networkTypes, topic)
  if (type) {
    const {pods, node} = reachOf(topic)
    return {topic, kind: 'network type', means: type.summary, reach: {pods, node}, plugins: type.plugins}
  }
  const ipam = rowOf(ipams, topic)
  return ipam && {topic, kind: 'IPAM', means: ipam.summary, plugins: ipam.plugins}
}

/** The text for people. */
export function presentTopic({topic, kind, means, reach, plugins}: ExplainedTopic, {width, style}: Page): string {
  const rows: readonly (readonly [string, string])[] = [
    ['means', means],
    ...(reach
      ? ([
          ['pods', reach.pods],
          ['node', reach.node],
        ] as const)
      : []),
    ['needs', plugins.length > 0 ? `${plugins.join(', ')} in /opt/cni/bin of each node` : 'nothing on the nodes'],
  ]
  return [
    style.bold(`${topic} (${kind})`),
    ...rows.map(([label, text]) => hang(`  ${label.padEnd(6)}`, wrap(text, width - 8))),
  ].join('\n')
}

interface TopicRow {
  readonly summary: string
  readonly plugins: readonly string[]
}

function rowOf(table: Readonly<Record<string, TopicRow>>, name: string): TopicRow | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
