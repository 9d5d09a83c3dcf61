import {type Container, fitDaemonSet} from './fit-daemon-set.ts'
import type {MultusContext, MultusOption} from './multus-option.ts'

export const thin = {
  title: 'Thin',
  summary:
    'the default here: little memory, no daemon on the path of every pod, and no leaked addresses with Calico (thick leaks them up to 4.3.0)',
  image: 'multus-thin',
  manifest: 'multus/thin.yaml',
  fit: (objects, context) => fitDaemonSet(objects, context, {main: (container) => withPrimary(container, context)}),
} as const satisfies MultusOption

/** The primary CNI's file is named in two arguments: as the delegate, and as what a pod's start waits for. */
function withPrimary(container: Container, {confFile}: MultusContext): Container {
  const values: Readonly<Record<string, string>> = {
    '--multus-master-cni-file-name': confFile,
    '--readiness-indicator-file': `/etc/cni/net.d/${confFile}`,
  }
  const args = (container.args ?? []).map((arg) => {
    const flag = arg.split('=', 1)[0] ?? arg
    const value = values[flag]
    return value === undefined ? arg : `${flag}=${value}`
  })
  return {...container, args}
}
