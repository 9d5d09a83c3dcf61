import type {Drivers} from '../../drivers/ports.ts'
import {asEnd, lookSeconds, type Site} from './site.ts'

/** Where kind's node image and ours keep plugins. */
const plugins = '/opt/cni/bin'

/**
 * A node of a kind cluster. The deadline is kept inside the node, by timeout(1): an end of the docker command does not end what it started (moby #9098).
 * No interrupt reaches a call under way: it is short, and only one that has ended can be taken back.
 */
export function kindSite(node: string, {engine}: Pick<Drivers, 'engine'>): Site {
  return {
    node,
    plugins,
    run: (argv, {env, stdin, seconds = lookSeconds} = {}) =>
      asEnd(
        engine.exec(node, ['timeout', '--kill-after=2', `${seconds}`, ...argv], {
          timeoutSeconds: seconds + 5,
          ...(env && {env}),
          ...(stdin !== undefined && {stdin}),
        }),
      ),
  }
}
