import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {parseYamlStream} from '../../yaml.ts'
import {applyInOrder} from '../apply-in-order.ts'
import {artifactFile} from '../artifact-file.ts'
import type {Executor} from '../executor.ts'

/** Every object of the edited manifest is in the cluster. */
export const applyManifest: Executor<'apply-manifest'> = async (action, context) => {
  const {file} = await artifactFile(action.artifact, context)
  const text = (await context.drivers.files.read(file)) ?? ''
  return {already: await applyInOrder(objectsIn(edit(text, action), action.artifact.name), context)}
}

/** Throws manifest-changed, all findings at once, when a text that should be replaced does not occur exactly once. */
function edit(text: string, {artifact, edits}: ActionOf<'apply-manifest'>): string {
  const findings = edits
    .map(({find}) => ({find, times: text.split(find).length - 1}))
    .filter(({times}) => times !== 1)
    .map(({find, times}) => ({at: find.trim().split('\n')[0] ?? find, message: `occurs ${times} times, expected once`}))
  if (findings.length > 0) {
    throw new Problem('manifest-changed', {
      message: `The manifest ${artifact.name} ${artifact.version} is not the one that k8s-local knows how to edit`,
      findings,
      suggestions: ['Use a supported version: see manifests/lock.yaml'],
    })
  }
  return edits.reduce((edited, {find, replace}) => edited.replace(find, () => replace), text)
}

function objectsIn(text: string, name: string): readonly KubernetesObject[] {
  try {
    return parseYamlStream(text) as readonly KubernetesObject[]
  } catch (error) {
    throw new Problem('manifest-changed', {message: `The manifest ${name} is not YAML`, cause: String(error)})
  }
}
