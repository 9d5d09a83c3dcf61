import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'

export const nothingCarried: Fault = {
  title: 'nothing passes between the nodes on an extra network',
  tier: 'full',
  flags: ['--check', 'throughput'],
  fails: {throughput: /nothing was carried over default\/lan across nodes/},
  inject: async ({nodes: {workers}}) => void (await docker('exec', workers[1], 'ip', 'link', 'set', 'eth1', 'down')),
  heal: async ({nodes: {workers}}) => void (await docker('exec', workers[1], 'ip', 'link', 'set', 'eth1', 'up')),
}
