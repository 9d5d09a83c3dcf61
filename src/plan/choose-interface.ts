import {Problem} from '../problem.ts'
import type {ToolInterface} from './bound-tool.ts'
import type {TargetPod} from './facts.ts'

/** The interface of a pod that is named, or its only second one. Throws invalid-input, with those that there are. */
export function chooseInterface(pod: TargetPod, named: string | undefined): ToolInterface {
  const all = pod.status.flatMap(({interface: name, ips = [], default: primary}) =>
    name === undefined ? [] : [{name, primary: primary === true, ...(ips[0] !== undefined && {address: ips[0]})}],
  )
  const second = all.filter(({primary}) => !primary)
  const fitting = named === undefined ? second : all.filter(({name}) => name === named)
  const [found, ...others] = fitting
  if (found && others.length === 0) return found
  const place = `${pod.namespace}/${pod.name}`
  const names = all.map(({name}) => name).join(', ')
  throw new Problem('invalid-input', {
    message:
      named === undefined
        ? `${place} has ${second.length === 0 ? 'no second interface' : 'several second interfaces: say which'}`
        : `${place} has no interface ${named}`,
    cause: names === '' ? 'Multus has reported no interface of it yet' : `It has: ${names}`,
    suggestions:
      second.length === 0 ? [`k8s-local pod show ${pod.name}`] : second.map(({name}) => `--interface ${name}`),
  })
}
