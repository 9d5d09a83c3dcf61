/**
 * Records what a check sees on a cluster, for the tests of its judge: one file for each subject, test/evidence/CHECK/NAME.json, or
 * NAME-2.json and so on where there are several.
 *
 *   node --import tsx test/support/record-evidence.ts CLUSTER CHECK NAME 'what state the cluster is in' [SUBJECT [NAMESPACE]]
 *
 * CHECK may be several, with commas between: the pods are then made once. A check that settles is looked at again while it fails, as `verify` does.
 * SUBJECT is a part of the label, such as a node's name: only these are recorded; `first` records the first subject. NAMESPACE: only networks of it are used. Probe pods and props are made and removed as `verify` does.
 * K8S_LOCAL_HARM is a program that is run when all is made, with the namespace as its argument: it does something to the pods before they are looked at.
 * Names of nodes and addresses are kept; what no judge reads (evidence-noise.ts) is left out, and nothing else of the machine is in the files.
 * The verdict is kept beside the evidence: it is what test/checks/recorded-verdicts.test.ts expects of the judge from then on, so read it.
 *
 * K8S_LOCAL_RECORD=all npm run test:e2e -- verify -t 'can fail' records the healthy cluster, and each fault, in the same way; =faults the faults alone.
 */
import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {type CheckName, checkNamed, checks} from '../../src/checks/index.ts'
import {makeRealDrivers} from '../../src/drivers/real-drivers.ts'
import {verifyCluster} from '../../src/plan/verify-cluster.ts'
import {chooseTarget} from '../../src/run/choose-target.ts'
import {observeTarget} from '../../src/run/observe-target.ts'
import {observeSurroundings} from '../../src/run/target/observe-surroundings.ts'
import {lookFor} from '../../src/run/run-check.ts'
import {runPlan} from '../../src/run/run-plan.ts'
import {probeNamespaceName} from '../../src/templates/probe-pods.ts'
import type {CheckRequest} from '../../src/steps/check-request.ts'
import {withoutNoise} from './evidence-noise.ts'

const [cluster = '', check = '', name = '', about = '', subject = '', namespace = ''] = process.argv.slice(2)
const names = check.split(',')
const drivers = makeRealDrivers()
const {signal} = new AbortController()
const chosen = await chooseTarget({cluster}, drivers)
const bundle = process.env['K8S_LOCAL_BUNDLE']
const seen = await observeTarget(drivers, {...chosen, signal, ...(bundle !== undefined && {bundle})})
const api = await drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
const facts = {...seen, surroundings: await observeSurroundings(seen, {drivers, kubernetes: api, signal})}
// Names of pods are those that `verify` gives them in the tier of the check.
const tier = names.some((one) => one in checks && checks[one as CheckName].tier === 'full') ? 'full' : 'default'
const wish = {
  tier,
  patterns: names,
  networks: [],
  namespaces: namespace === '' ? [] : [namespace],
  keep: 'always',
} as const
const plan = verifyCluster(wish, facts)

const staged = plan.steps.filter(({action}) => action.type !== 'check')
const options = {drivers, signal, target: chosen.target, emit: () => undefined}
try {
  const {problem} = await runPlan({...plan, steps: staged, always: []}, options)
  if (problem) throw new Error(`${problem.message}: ${problem.cause}`)
  const harm = process.env['K8S_LOCAL_HARM']
  if (harm !== undefined) execFileSync(harm, [probeNamespaceName(facts.runId)], {stdio: 'inherit'})
  const requests = plan.steps.flatMap(({action}): readonly CheckRequest[] =>
    action.type === 'check' && action.request.skip === undefined ? [action.request] : [],
  )
  await Promise.all(names.map((one) => record(one, requests)))
} finally {
  const removal = verifyCluster({...wish, keep: 'never'}, facts).always
  await runPlan({...plan, steps: removal, always: []}, options)
}

async function record(one: string, requests: readonly CheckRequest[]): Promise<void> {
  const judge = checkNamed(one)
  if (!judge) throw new Error(`no check is called ${one}`)
  const folder = join(import.meta.dirname, '../evidence', one)
  const wanted = requests
    .filter((request) => request.check === one)
    .filter((request) => subject === 'first' || judge.label(request.subject).includes(subject))
    .slice(0, subject === 'first' ? 1 : undefined)
  if (wanted.length === 0) throw new Error(`${one} has nothing of ${subject || 'its kind'} to look at here`)
  mkdirSync(folder, {recursive: true})
  const kubernetes = drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
  for (const [index, request] of wanted.entries()) {
    const end = Date.now() + (judge.settleSeconds ?? 0) * 1000
    const look = () => lookFor(judge, request, {drivers, signal, kubernetes: () => kubernetes})
    let evidence = await look()
    while (judge.judge(evidence, request.subject).status === 'fail' && Date.now() < end) {
      await setTimeout(1000)
      evidence = await look()
    }
    const versions = `Kubernetes ${facts.record.kubernetes}, ${facts.record.cni} ${facts.record.cniVersion}, ${facts.record.multus} Multus`
    const verdict = judge.judge(evidence, request.subject)
    const recorded = {about: `${versions}. ${about}`, subject: request.subject, evidence, verdict}
    const file = join(folder, index === 0 ? `${name}.json` : `${name}-${index + 1}.json`)
    writeFileSync(file, `${JSON.stringify(recorded, withoutNoise, 2)}\n`)
    process.stdout.write(`${file}: ${JSON.stringify(verdict)}\n`)
  }
}
