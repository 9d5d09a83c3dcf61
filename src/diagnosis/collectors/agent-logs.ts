import {at, listAt, textAt} from '../../checks/json-path.ts'
import type {Json} from '../../steps/object.ts'
import type {Collector, Look} from '../collector.ts'
import {isAgent} from '../telling-pods.ts'

/** What the agents said: their containers' last lines, and those of the container before where there was a restart. */
export const agentLogs: Collector = ({pods}) => pods.filter(isAgent).flatMap(logsOf)

/** Lines, and bytes, of one log. */
const most = 'tailLines=1000&limitBytes=262144&timestamps=true'

function logsOf(pod: Json): readonly Look[] {
  const namespace = textAt(pod, 'metadata', 'namespace') ?? ''
  const name = textAt(pod, 'metadata', 'name') ?? ''
  return [
    ...listAt(pod, 'status', 'initContainerStatuses').filter(isTroubled),
    ...listAt(pod, 'status', 'containerStatuses'),
  ].flatMap((status) => {
    const container = textAt(status, 'name') ?? ''
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log?container=${container}&${most}`
    const file = `logs/${namespace}/${name}/${container}`
    return [
      {file: `${file}.log`, title: `log of ${container} in ${name}`, probe: {type: 'api', path}} as const,
      ...(Number(at(status, 'restartCount') ?? 0) > 0
        ? [
            {
              file: `${file}.previous.log`,
              title: `log of ${container} before its last restart in ${name}`,
              probe: {type: 'api', path: `${path}&previous=true`},
              optional: true,
            } as const,
          ]
        : []),
    ]
  })
}

/** An init container that ended well has nothing to say. */
function isTroubled(status: Json): boolean {
  return at(status, 'state', 'terminated', 'exitCode') !== 0
}
