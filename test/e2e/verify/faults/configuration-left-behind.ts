import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'

const folder = '/etc/cni/net.d'

/** A copy that sorts after Multus' own file, and before the primary CNI's: nothing reads it until Multus is removed (multus #1429). */
export const configurationLeftBehind: Fault = {
  title: 'a copy of the configuration of Multus is left when it is uninstalled',
  tier: 'full',
  flags: ['--check', 'survives-uninstall'],
  fails: {'survives-uninstall': /without-multus did not start while Multus was uninstalled/},
  async inject({nodes: {all}}) {
    for (const node of all)
      await docker('exec', node, 'sh', '-c', `cp ${folder}/00-multus.conf* ${folder}/01-multus-old.conf`)
  },
  async heal({nodes: {all}}) {
    for (const node of all) await docker('exec', node, 'rm', '-f', `${folder}/01-multus-old.conf`)
  },
}
