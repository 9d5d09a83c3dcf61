import {textAt} from '../../checks/json-path.ts'
import type {Json} from '../../steps/object.ts'
import type {Collector, Look} from '../collector.ts'
import {isAnnotated} from '../telling-pods.ts'

/** Pods that are looked into: each costs two connections to its node. */
const most = 40

/** What pods with networks see inside, where their image has `ip` and one may run it. Nodes show the same of all pods, without names. */
export const podLooks: Collector = ({pods}) =>
  pods
    .filter((pod) => isAnnotated(pod) && textAt(pod, 'status', 'phase') === 'Running')
    .slice(0, most)
    .flatMap(looksInto)

const tools: Readonly<Record<string, readonly [title: string, argv: readonly string[]]>> = {
  addresses: ['interfaces and addresses inside', ['ip', '-d', 'addr']],
  routes: ['routes inside', ['ip', 'route', 'show', 'table', 'all']],
}

function looksInto(pod: Json): readonly Look[] {
  const namespace = textAt(pod, 'metadata', 'namespace') ?? ''
  const name = textAt(pod, 'metadata', 'name') ?? ''
  return Object.entries(tools).map(([tool, [title, argv]]) => ({
    file: `pods/${namespace}/${name}/${tool}.txt`,
    title: `${title} ${name}`,
    probe: {type: 'pod', namespace, pod: name, argv},
  }))
}
