import type {Drivers, Finished, KubernetesDriver} from '../../drivers/ports.ts'
import type {Json, KubernetesObject} from '../../steps/object.ts'
import {type Exec, gatherCalls} from './gather-calls.ts'
import {shareAnswers} from './share-answers.ts'

/** What looks are made with. */
export interface LookContext {
  readonly drivers: Drivers
  kubernetes(): Promise<KubernetesDriver>
}

/**
 * The same drivers, for looking only: what many checks ask of one pod or node at about the same moment becomes one exec, and equal questions to the API
 * share one answer. An exec costs 80 ms of a core where the engine does it (docker 20.10, 2 cores), and a tier asks some hundred questions.
 */
export function batchLooks({drivers, kubernetes}: LookContext): LookContext {
  const onNodes = gatherCalls(drivers.clock)
  const inPods = gatherCalls(drivers.clock)
  const answers = shareAnswers<Json | undefined>(drivers.clock)
  const objects = shareAnswers<KubernetesObject | undefined>(drivers.clock)
  const engine = {
    ...drivers.engine,
    exec: (node, argv, options = {}) =>
      onNodes({
        key: node,
        argv,
        signal: options.signal,
        seconds: options.timeoutSeconds,
        exec: (all, how) => drivers.engine.exec(node, all, how),
      }),
  } satisfies Drivers['engine']
  const wrap = (client: KubernetesDriver): KubernetesDriver => ({
    ...client,
    get: (path, {signal} = {}) => answers(path, () => client.get(path), signal),
    read: (ref, signal) => objects(JSON.stringify(ref), () => client.read(ref), signal),
    exec: (pod, argv, options = {}): Promise<Finished> => {
      const exec: Exec = (all, how) => client.exec(pod, all, how)
      const key = `${pod.namespace}/${pod.name}/${pod.container ?? ''}`
      return inPods({key, argv, signal: options.signal, seconds: options.timeoutSeconds, exec})
    },
  })
  return {drivers: {...drivers, engine}, kubernetes: async () => wrap(await kubernetes())}
}
