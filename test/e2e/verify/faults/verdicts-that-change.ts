import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'

const plugin = '/opt/cni/bin/macvlan'
const stop = '/run/k8s-local-fault'

/** A plugin that comes and goes. */
export const verdictsThatChange: Fault = {
  title: 'what a check says changes from one moment to the next',
  tier: 'full',
  flags: ['--check', 'same-verdicts'],
  fails: {'same-verdicts': /plugins-present of .*worker2: .*(pass|fail)/},
  async inject({nodes: {workers}}) {
    const script = `touch ${stop}; while [ -e ${stop} ]; do mv ${plugin} ${plugin}.away; sleep 1.3; mv ${plugin}.away ${plugin}; sleep 1.3; done`
    await docker('exec', '-d', workers[1], 'sh', '-c', script)
  },
  async heal({nodes: {workers}}) {
    await docker(
      'exec',
      workers[1],
      'sh',
      '-c',
      `rm -f ${stop}; sleep 4; [ -e ${plugin} ] || mv ${plugin}.away ${plugin}`,
    )
  },
}
