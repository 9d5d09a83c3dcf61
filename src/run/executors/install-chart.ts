import type {ActionOf, CapabilityList} from '../../steps/action.ts'
import {toYaml} from '../../to-yaml.ts'
import {artifactFile} from '../artifact-file.ts'
import {boundingSet} from '../capabilities.ts'
import type {Executor, StepContext} from '../executor.ts'
import {changeNode} from '../node-exec.ts'

/** The release is installed with these values. */
export const installChart: Executor<'install-chart'> = async (action, context) => {
  const {drivers, signal, cluster} = context
  const [program, chart, values] = await Promise.all([
    artifactFile(action.helm, context),
    artifactFile(action.chart, context),
    fitValues(action, context),
  ])
  const already = await drivers.helm.upgrade({
    program: program.file,
    release: action.release,
    namespace: action.namespace,
    chart: chart.file,
    valuesYaml: toYaml(values),
    kubeconfig: drivers.journal.file(cluster, 'kubeconfig'),
    signal,
  })
  return {already}
}

type Values = Readonly<Record<string, unknown>>

/** A container that asks for a capability which the node does not have cannot start (`unable to apply caps`): such are left out, and said. */
async function fitValues(
  {values, capabilityLists, node}: ActionOf<'install-chart'>,
  context: StepContext,
): Promise<Values> {
  if (capabilityLists.length === 0) return values
  const {stdout} = await changeNode(context, node, ['cat', '/proc/1/status'])
  const granted = boundingSet(stdout)
  const missing = new Set(capabilityLists.flatMap(({wanted}) => wanted).filter((name) => !granted.has(name)))
  if (missing.size > 0) context.note(`left out, since ${node} does not have them: ${[...missing].join(', ')}`)
  return capabilityLists.reduce((fitted, list) => setList(fitted, list, granted), values)
}

function setList(values: Values, {path, wanted}: CapabilityList, granted: ReadonlySet<string>): Values {
  return setAt(
    values,
    path.split('.'),
    wanted.filter((name) => granted.has(name)),
  )
}

function setAt(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  return {...values, [key]: rest.length === 0 ? value : setAt((values[key] ?? {}) as Values, rest, value)}
}
