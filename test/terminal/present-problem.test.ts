import {describe, expect, test} from 'vitest'
import {Problem, type ProblemData, toProblemData} from '../../src/problem.ts'
import {presentProblem, suggestionLines} from '../../src/terminal/present-problem.ts'
import {plainStyle} from '../../src/terminal/style.ts'

const shapes: Readonly<Record<string, ProblemData>> = {
  'message-only': new Problem('interrupted', {message: 'Stopped at a question: nothing was done'}).data,
  'cause-and-commands': new Problem('engine-unreachable', {
    message: 'Docker is installed, but its daemon does not answer',
    cause: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    suggestions: [
      'sudo systemctl start docker',
      'Look at what the engine says: docker info',
      'On a machine where your user is not in the group docker, add it and log in again: sudo usermod -aG docker $USER',
    ],
  }).data,
  'many-lines-and-log': new Problem('kind-failed', {
    message: 'kind could not create the cluster "lab"',
    cause: [
      ' ✗ Starting control-plane 🕹️',
      'ERROR: failed to create cluster: failed to init node with kubeadm: command "docker exec --privileged lab-control-plane kubeadm init --config=/kind/kubeadm.conf --v=6" failed with error: exit status 1',
    ].join('\n'),
    suggestions: ['k8s-local delete lab --yes', 'k8s-local create lab --keep-on-failure'],
    log: '/home/u/.local/state/k8s-local/clusters/lab/kind.log',
  }).data,
  findings: new Problem('invalid-input', {
    message: '3 things are wrong with what was asked for',
    findings: [
      {at: '--cni', message: "'flannel' is not one of cilium, calico"},
      {
        at: 'workers in k8s-local.yaml, line 4',
        message: '77 is not a whole number from 0 to 9, and a laptop would not hold so many',
        fix: 'Write workers: 2',
      },
      {
        at: 'K8S_LOCAL_POD_SUBNET',
        message: 'the pod subnet, 10.96.0.0/16, overlaps the service subnet',
        fix: 'Choose another range, for example: k8s-local create lab --pod-subnet 10.244.0.0/16 --service-subnet 10.96.0.0/16',
      },
    ],
  }).data,
}

describe('a problem at 80 columns without colour', () => {
  test.each(Object.entries(shapes))('%s', async (name, problem) => {
    const text = presentProblem(problem, {width: 80, style: plainStyle})

    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/problems/${name}.txt`)
  })

  test('an unexpected error says that it is a bug and shows where', () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'name')")
    error.stack = `${error.name}: ${error.message}\n    at makePlan (src/plan/make-plan.ts:12:3)`

    const text = presentProblem(toProblemData(error), {width: 80, style: plainStyle})

    expect(text).toContain('this is a bug in k8s-local')
    expect(text).toContain('at makePlan (src/plan/make-plan.ts:12:3)')
    expect(text).toContain('KL-9002')
  })

  test('an expected failure shows no stack', () => {
    const text = presentProblem(toProblemData(new Problem('disk-full', {message: 'No room'})), {
      width: 80,
      style: plainStyle,
    })

    expect(text).not.toMatch(/\bat \w+ \(/)
  })
})

describe('a suggestion', () => {
  const command = `k8s-local create lab ${'--network data=172.30.0.0/24 '.repeat(4)}--yes`

  test('that is a command is never broken over lines', () => {
    expect(suggestionLines(command, 40)).toEqual([command])
  })

  test('that ends in a command gets it a line of its own', () => {
    expect(suggestionLines(`Give it more room: ${command}`, 40)).toEqual(['Give it more room:', `  ${command}`])
  })

  test('of prose is wrapped', () => {
    expect(suggestionLines('Choose a subnet that nothing on this machine uses', 30)).toEqual([
      'Choose a subnet that nothing',
      'on this machine uses',
    ])
  })
})
