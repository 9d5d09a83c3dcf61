import type {TargetFacts} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import {boolean, choice, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields} from '../spec/field.ts'
import {readObjectName, readText} from '../spec/texts.ts'
import type {Plan} from '../steps/step.ts'
import {toYaml} from '../to-yaml.ts'
import type {Preview} from './plan-command.ts'

const nodeAccesses = [
  {value: 'auto', title: 'Automatic', summary: 'by the engine, where its containers are the nodes'},
  {value: 'engine', title: 'Engine', summary: 'in the containers of this machine'},
  {value: 'pod', title: 'Pod', summary: 'from a privileged pod on each node, in any cluster'},
  {value: 'none', title: 'None', summary: 'not at all: checks that look at nodes are skipped'},
] as const

/** With which rights, and how it gets at nodes. */
export const accessFields = {
  nodeAccess: withDefault(
    'auto',
    choice({
      flag: 'node-access',
      ask: 'How to look at nodes',
      describe: 'How to look at nodes; pod starts a short-lived privileged pod on each',
      choices: nodeAccesses,
    }),
  ),
  probeImage: text({
    flag: 'probe-image',
    ask: 'Image with network tools',
    describe: 'Image of the probe pods, for kubelets to pull',
    read: readText,
  }),
  inNamespace: text({
    flag: 'in-namespace',
    ask: 'Namespace for the probe pods',
    describe: 'Run the probe pods in this namespace, which exists, instead of making one',
    read: readObjectName('a namespace'),
  }),
  rbac: withDefault(
    false,
    boolean({
      flag: 'rbac',
      ask: 'Only print the rights',
      describe: 'Print a service account with exactly the rights that this takes, to apply; nothing else',
    }),
  ),
} as const satisfies Fields

/** The rights that a run takes, as YAML for kubectl; under `--json` as a list. */
export async function presentRights(
  plan: Plan,
  facts: TargetFacts,
  {inNamespace = 'default'}: {readonly inNamespace?: string},
): Promise<Preview> {
  const {verifyRights} = await import('../plan/rights/verify-rights.ts')
  const items = verifyRights({plan, facts, home: inNamespace})
  return {
    text: items
      .map((object) => toYaml(object))
      .join('---\n')
      .trimEnd(),
    document: {apiVersion: 'v1', kind: 'List', items},
  }
}

/** Whoever may not look is told how to get the rights. */
export async function withRightsAdvice<T>(look: Promise<T>): Promise<T> {
  try {
    return await look
  } catch (error) {
    if (!(error instanceof Problem) || error.data.name !== 'api-forbidden') throw error
    const advice = 'An administrator can grant all that it takes: k8s-local verify --rbac | kubectl apply -f -'
    throw new Problem('api-forbidden', {...error.data, suggestions: [...error.data.suggestions, advice]})
  }
}
