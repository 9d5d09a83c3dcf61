import {Problem} from '../../problem.ts'
import type {Finished} from '../ports.ts'
import {lastLines} from '../process/lines.ts'
import {redact} from '../../redact.ts'

/** Why kind could not make a cluster: the reason in words where it is a known one, kind's own error lines, and the log that has it all. */
export function toKindProblem(
  finished: Finished,
  {cluster, logFile, phase}: {readonly cluster: string; readonly logFile: string; readonly phase: string | undefined},
): Problem {
  const output = `${finished.stdout}\n${finished.stderr}`
  const known = causes.find(({pattern}) => pattern.test(output))
  const where = phase === undefined ? '' : ` at "${phase}"`
  return new Problem('kind-failed', {
    message: `kind could not create the cluster ${cluster}${where}${known ? `: ${known.because}` : ''}`,
    cause: redact(errorLines(output)),
    suggestions: [
      ...(known?.fix.map((text) => text.replaceAll('NAME', cluster)) ?? []),
      `Read what kind said: less ${logFile}`,
    ],
    log: logFile,
  })
}

/** kind ends with `ERROR: …` and, for commands in nodes, `Command Output: …`; a stack follows at `-v` 1 and more. */
function errorLines(output: string): string {
  const at = output.lastIndexOf('\nERROR: ')
  if (at === -1) return lastLines(output, 8)
  const lines = output.slice(at + 1).split('\n')
  const stack = lines.findIndex((line) => line.startsWith('Stack Trace:'))
  const text = lines.slice(0, stack === -1 ? undefined : stack).join('\n')
  const [first = ''] = text.split('\n')
  return [first, ...lastLines(text.slice(first.length), 8).split('\n')].filter((line) => line !== '').join('\n')
}

const causes: readonly {readonly pattern: RegExp; readonly because: string; readonly fix: readonly string[]}[] = [
  {
    pattern: /node\(s\) already exist for a cluster with the name/,
    because: 'nodes of that name are there already',
    fix: [
      'Remove them: k8s-local delete NAME',
      'If k8s-local does not know the cluster: kind delete cluster --name NAME',
    ],
  },
  {
    // kind v0.33 known-issues "Pod errors due to too many open files"; seen as a node that never reaches its log line.
    pattern: /too many open files|could not find a log line that matches/,
    because: 'the node did not come up, most likely because the inotify limits are too low',
    fix: ['Raise them: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512'],
  },
  {
    pattern: /port is already allocated|address already in use/,
    because: 'a port that it needs is taken',
    fix: ['See which container holds it: docker ps --format "{{.Names}} {{.Ports}}"'],
  },
  {
    pattern: /no space left on device/,
    because: 'the disk is full',
    fix: ['See what fills it: docker system df'],
  },
  {
    pattern: /all predefined address pools have been fully subnetted|could not find an available, non-overlapping/,
    because: 'the container engine has no free subnet for its network',
    fix: ['Remove networks that nothing uses: docker network prune'],
  },
  {
    pattern: /failed to pull image|pull access denied|manifest unknown/,
    because: 'an image cannot be pulled',
    fix: ['Work without a registry: --bundle DIR'],
  },
  {
    pattern:
      /cgroup v1 is not supported|cgroups v1 support is (?:deprecated|removed).*fail|kubelet is configured to not run on a host using cgroup v1/i,
    because: 'this Kubernetes does not run on a machine with cgroup version 1',
    fix: ['Choose an older one: --kubernetes 1.34'],
  },
  {
    pattern:
      /the kubelet is not (?:healthy|running)|kubelet-check|timed out waiting for the condition|context deadline exceeded|couldn't initialize a Kubernetes cluster/,
    because: 'Kubernetes did not come up in its node in time',
    fix: [
      'Check memory, processors and disk: docker info',
      'Keep the nodes to look at: k8s-local create NAME --keep-on-failure',
    ],
  },
]
