import type {Check} from '../check.ts'
import {lowLimits} from './machine-needs.ts'

type Subject = {readonly inotifyInstances?: number; readonly inotifyWatches?: number}

/** H02: the limits that all nodes of one machine share are high enough (kind #2586 and its like). */
export const inotifyLimits: Check<Subject> = {
  id: 'H02',
  title: 'Limits of the machine suffice',
  tier: 'quick',
  severity: 'warning',
  needs: ['host'],
  subjects: ({surroundings}) => (surroundings?.host ? [surroundings.host.limits] : []),
  label: () => '',
  probes: () => ({}),
  judge(_, limits) {
    const low = lowLimits(limits)
    if (low.length > 0)
      return {
        status: 'fail',
        summary: low.map(({key, is, wanted}) => `${key} is ${is}, below ${wanted}`).join('; '),
        cause: 'several nodes can use them up: "too many open files"',
        fix: low.map(({key, wanted}) => `sysctl -w ${key}=${wanted}`).join('; '),
      }
    const {inotifyInstances: instances, inotifyWatches: watches} = limits
    if (instances === undefined || watches === undefined)
      return {status: 'skip', summary: 'this machine has no inotify limits'}
    return {status: 'pass', summary: `inotify: ${instances} instances, ${watches} watches`}
  },
}
