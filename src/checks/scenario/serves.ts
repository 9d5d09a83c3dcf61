import type {Judge} from '../check.ts'
import {couldNotLook} from '../seen.ts'

export type ServesSubject = {
  readonly namespace: string
  readonly from: string
  /** The server: its pod's name is what it answers. */
  readonly to: string
  /** The interface of `from` that the request is bound to. */
  readonly interface: string
  readonly address: string
  readonly port: number
}

/** Where the servers of scenarios say their pod's name: agnhost's netexec does by itself. */
export const namePath = '/hostname'

const curl = 'curl --silent --show-error --max-time 2 --interface'.split(' ')

/** An HTTP GET over one interface gets the answer of the right pod. */
export const serves: Judge<ServesSubject> = {
  title: 'Serves',
  // A server may need a moment more than its pod's readiness says.
  settleSeconds: 5,
  label: ({namespace, from, to, interface: name, port}) => `${namespace}/${from} ${name} -> ${to}:${port}`,
  probes: ({namespace, from, interface: name, address, port}) => ({
    answer: {
      type: 'pod',
      namespace,
      pod: from,
      argv: [...curl, name, `http://${address}:${port}${namePath}`],
    },
  }),
  judge(evidence, {from, to, interface: name, address, port}) {
    const seen = evidence['answer']
    if (seen?.type !== 'text')
      return couldNotLook(`the answer of ${to}`, {missing: seen?.type === 'failed' ? seen.reason : 'nothing was seen'})
    const answer = seen.stdout.trim()
    const where = `${address}:${port} over ${name}`
    if (seen.exitCode === 0 && answer === to) return {status: 'pass', summary: `${to} answers ${from} at ${where}`}
    return {
      status: 'fail',
      summary:
        seen.exitCode === 0
          ? `"${answer.slice(0, 40)}" answers ${from} at ${where}, not ${to}`
          : `${to} does not answer ${from} at ${where}`,
      evidence: [seen.stderr.trim() || `curl ended with exit code ${seen.exitCode}`],
    }
  },
}
