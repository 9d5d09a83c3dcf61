import type {CheckResult, Verdict} from '../../steps/check-request.ts'
import {explainAttachFailure} from '../attach-causes.ts'
import type {CniCommand} from './cni-call.ts'
import {judgeAddresses} from './judge-addresses.ts'
import {judgeInside} from './judge-inside.ts'
import {judgeReach, pairText} from './judge-reach.ts'
import type {CallSeen, NodeRehearsal, PodRehearsal, RehearsalSeen} from './seen-rehearsal.ts'

/** What a rehearsal means, node by node, then between them. A verdict that depends on one that failed is left out: one cause, one failure. */
export function judgeRehearsal(seen: RehearsalSeen): readonly CheckResult[] {
  const {nodes, reach} = seen
  const result = (check: string, subject: string, verdict: Verdict, seconds = 0): CheckResult => ({
    check,
    title: titles[check] ?? check,
    subject,
    seconds,
    ...verdict,
  })
  const unique = judgeAddresses(seen)
  return [
    ...nodes.flatMap((node) => [
      ...(node.fault === undefined ? [] : [result('config', node.node, judgeFault(node.fault), node.seconds)]),
      ...(node.pods.length === 0
        ? []
        : judgeNode(node).map(([check, verdict]) => result(check, node.node, verdict, node.seconds))),
    ]),
    ...unique.map((verdict) => result('unique', '', verdict)),
    // With one address on two pods there is no saying who answers.
    ...(unique.some(({status}) => status === 'fail')
      ? []
      : reach.map((way) => result('reach', pairText(way), judgeReach(way)))),
  ]
}

const titles: Readonly<Record<string, string>> = {
  config: 'Configuration can be tried',
  add: 'Plugins attach (ADD)',
  check: 'Plugins agree (CHECK)',
  inside: 'The pod has what was asked',
  del: 'Plugins detach (DEL)',
  left: 'Nothing is left',
  unique: 'Addresses are unique',
  reach: 'Pods reach each other',
}

function judgeNode(node: NodeRehearsal): readonly (readonly [string, Verdict])[] {
  const add = judgeAdd(node)
  const attached = add.status === 'pass'
  return [
    ['add', add],
    ...(attached
      ? ([
          ['check', judgeCheck(node)],
          ['inside', judgeInside(node)],
          ['del', judgeDel(node)],
        ] as const)
      : []),
    ['left', judgeLeft(node)],
  ]
}

/** The words are those of the parser, of the file system or of the engine. */
function judgeFault(fault: string): Verdict {
  const known = explainAttachFailure(fault)
  return {status: 'fail', summary: fault, ...known}
}

function judgeAdd({pods}: NodeRehearsal): Verdict {
  const bad = pods.flatMap((pod) => failures(pod, 'ADD'))
  const [first] = bad
  if (first) return pluginFailure(first, bad)
  if (pods.some(({calls}) => calls.length === 0)) return {status: 'error', summary: 'it was interrupted before ADD'}
  return {
    status: 'pass',
    summary: pods
      .map(({pod, inside}) => `${pod.interface} ${inside?.addresses.join(' ') || 'without address'}`)
      .join(', '),
  }
}

function judgeCheck({pods}: NodeRehearsal): Verdict {
  const calls = pods.flatMap(({calls: all}) => all.filter(({command}) => command === 'CHECK'))
  const bad = pods.flatMap((pod) => failures(pod, 'CHECK'))
  const real = bad.filter(({error = ''}) => !/not implemented/i.test(error))
  const [first] = real
  // A warning: Multus and container runtimes do not call CHECK of their own accord, and some chains cannot pass it.
  if (first) return {...pluginFailure(first, real), status: 'warn'}
  if (bad[0]) return {status: 'skip', summary: `${bad[0].plugin}: ${bad[0].error}`}
  if (calls.length === 0) return {status: 'skip', summary: 'this cniVersion has no CHECK: 0.4.0 and later have'}
  return {status: 'pass', summary: [...new Set(calls.map(({plugin}) => plugin))].join(', ')}
}

function judgeDel({pods}: NodeRehearsal): Verdict {
  const bad = pods.flatMap((pod) => failures(pod, 'DEL'))
  const [first] = bad
  if (first) return pluginFailure(first, bad)
  return {
    status: 'pass',
    summary: [
      ...new Set(pods.flatMap(({calls}) => calls.filter(({command}) => command === 'DEL').map(({plugin}) => plugin))),
    ].join(', '),
  }
}

function judgeLeft({left, node}: NodeRehearsal): Verdict {
  if (left.length === 0) return {status: 'pass', summary: 'no interface, no namespace, no lease'}
  return {
    status: 'fail',
    summary: `${left.join(', ')} stayed on ${node}`,
    cause: 'the plugin did not take back on DEL what it made on ADD',
    fix: `remove it by hand: docker exec -it ${node} bash`,
  }
}

function failures({calls}: PodRehearsal, command: CniCommand): readonly CallSeen[] {
  return calls.filter((call) => call.command === command && call.error !== undefined)
}

function pluginFailure({plugin, command, error = ''}: CallSeen, all: readonly CallSeen[]): Verdict {
  const known = explainAttachFailure(error)
  return {
    status: 'fail',
    summary: `${plugin}: ${error}`,
    evidence: [...new Set(all.map((call) => `${call.plugin} ${call.command}: ${call.error}`))],
    cause: `the plugin ${plugin} refused ${command}; these are its own words`,
    fix: 'k8s-local net lint reads the configuration for what the plugin may mean',
    ...known,
  }
}
