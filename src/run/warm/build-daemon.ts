import {Problem} from '../../problem.ts'
import type {StepContext} from '../executor.ts'
import {changeNode, lastLines, lookAtNode} from '../node-exec.ts'
import {poll} from '../poll.ts'
import {withDeadline} from '../deadline.ts'

/** Seconds in which containerd begins to answer, and in which it ends. */
const daemonSeconds = 60

/** A containerd that runs in a container without systemd. */
export interface BuildDaemon {
  /** It has ended by itself, with all that it keeps written down. */
  stop(): Promise<void>
}

/** Starts the container's own containerd on another root folder than its usual one, and waits until it answers. Throws node-command-failed. */
export async function startDaemon(container: string, root: string, context: StepContext): Promise<BuildDaemon> {
  const {drivers, signal} = context
  let ended: string | undefined
  const running = drivers.engine.exec(container, ['containerd', '--root', root, '--log-level', 'warn'], {signal}).then(
    (finished) => void (ended = lastLines(finished, 8)),
    (error: unknown) => void (ended = String(error)),
  )
  const answered = await withDeadline(drivers.clock, daemonSeconds, signal, (inTime) =>
    poll(
      async () => {
        if (ended !== undefined) throw notRunning(container, ended)
        const {exitCode, stdout, stderr} = await lookAtNode({drivers, signal: inTime}, container, ['ctr', 'version'])
        return {ready: exitCode === 0, seen: lastLines({exitCode, stdout, stderr}, 1)}
      },
      {clock: drivers.clock, signal: inTime, milliseconds: 200, seen: () => undefined},
    ),
  )
  if (!answered.inTime) throw notRunning(container, `It does not answer within ${daemonSeconds} s`)
  return {
    stop: async () => {
      await changeNode(context, container, ['pkill', '--signal', 'TERM', '--exact', 'containerd'])
      const end = await withDeadline(drivers.clock, daemonSeconds, signal, () => running)
      if (!end.inTime) throw notRunning(container, `It does not end within ${daemonSeconds} s`)
    },
  }
}

function notRunning(container: string, cause: string): Problem {
  return new Problem('node-command-failed', {
    message: `containerd does not run as it should in the container ${container}, in which images are unpacked`,
    cause,
    suggestions: ['Work without a warm node image: k8s-local create --warm never'],
  })
}
