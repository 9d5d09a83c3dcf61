import {Problem} from '../problem.ts'
import {text} from '../spec/field-kinds.ts'
import type {RawInput} from '../spec/field.ts'
import {readText} from '../spec/texts.ts'
import {requireInput} from './require-input.ts'
import type {World} from './world-command.ts'

export const confirmField = text({
  flag: 'confirm',
  ask: 'Type the name of the cluster to confirm',
  describe: 'The name of the cluster once more, to confirm without a terminal',
  read: readText,
})

/** The cluster to delete, chosen from a list where nobody named one. @throws missing-input without a terminal, cluster-not-found when there is none */
export async function nameCluster(said: RawInput, {drivers, signal, prompter}: World): Promise<RawInput> {
  if (said['name'] !== undefined) return said
  if (!prompter) {
    requireInput(said, {command: 'delete', args: {name: 'NAME'}})
    return said
  }
  const {listClusters} = await import('../run/queries/list-clusters.ts')
  const ours = (await listClusters(drivers, signal)).filter((cluster) => cluster.ours)
  if (ours.length === 0)
    throw new Problem('cluster-not-found', {message: 'k8s-local has made no cluster on this machine'})
  const choices = ours.map(({name, state}) => ({value: name, name: `${name} (${state})`}))
  return {...said, name: {value: await prompter.select({message: 'Which cluster', choices}), from: 'the answer'}}
}

/** Passes when the deletion is confirmed: by `--yes`, by the name in `--confirm`, or by the name typed. @throws not-confirmed */
export async function confirmDelete(
  {name, confirm}: {readonly name: string; readonly confirm: string | undefined},
  {options, prompter}: World,
): Promise<void> {
  if (options.yes || confirm === name) return
  if (confirm !== undefined) throw notConfirmed(name, `--confirm says "${confirm}", and the cluster is "${name}"`)
  if (!prompter) throw notConfirmed(name, 'There is no terminal to ask on')
  const typed = await prompter.input({
    message: `This deletes the cluster ${name}. Type its name to go on, nothing to stop`,
    fault: (answer) => (['', name].includes(answer) ? undefined : `the cluster is ${name}`),
  })
  if (typed !== name) throw notConfirmed(name, 'Its name was not typed')
}

function notConfirmed(name: string, cause: string): Problem {
  return new Problem('not-confirmed', {
    message: `Nobody confirmed that the cluster ${name} is to be deleted`,
    cause,
    suggestions: [`k8s-local delete ${name} --yes`, `k8s-local delete ${name} --confirm ${name}`],
  })
}
