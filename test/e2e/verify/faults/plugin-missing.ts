import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'
import {withoutPods} from './followers.ts'

const plugin = '/opt/cni/bin/macvlan'

export const pluginMissing: Fault = {
  title: 'a plugin binary is missing on one node',
  fails: {'plugins-present': /worker2.*macvlan missing/},
  follows: withoutPods,
  inject: async ({nodes: {workers}}) => void (await docker('exec', workers[1], 'mv', plugin, `${plugin}.away`)),
  heal: async ({nodes: {workers}}) => void (await docker('exec', workers[1], 'mv', `${plugin}.away`, plugin)),
}
