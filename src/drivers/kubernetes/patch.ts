import type {Json, ObjectRef} from '../../steps/object.ts'
import type {KubernetesDriver} from '../ports.ts'
import type {Api} from './api.ts'
import {getPath, versionOf} from './objects.ts'
import {type Resources, resourcePath} from './resources.ts'

type PatchOptions = NonNullable<Parameters<KubernetesDriver['patch']>[2]>

/** Strategic merge patch, which merges lists of named things by name; for other than built-in kinds the API knows merge patch only. null removes. Throws api-refused, api-forbidden, api-unreachable. */
export async function patchObject(
  {api, resources}: {readonly api: Api; readonly resources: Resources},
  ref: ObjectRef,
  patch: Json,
  {signal, subresource}: PatchOptions = {},
): Promise<'changed' | 'unchanged'> {
  const {apiVersion, kind, name, namespace} = ref
  const what = `change ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
  const resource = await resources.find(apiVersion, kind, signal)
  if (!resource) throw api.refused(what, 404, `the cluster does not know the kind ${kind} of ${apiVersion}`)
  const path = resourcePath(apiVersion, resource, ref)
  const before = await getPath(api, path, signal ? {signal} : {})
  const answer = await api.ask(what, {
    method: 'PATCH',
    path: `${path}${subresource === undefined ? '' : `/${subresource}`}?fieldManager=k8s-local`,
    body: JSON.stringify(patch),
    contentType: `application/${isBuiltIn(apiVersion) ? 'strategic-merge-patch' : 'merge-patch'}+json`,
    signal,
  })
  if (answer.status === 404) throw api.refused(what, 404, answer.text)
  return versionOf(before) === versionOf(JSON.parse(answer.text)) ? 'unchanged' : 'changed'
}

/** Groups without a dot are Kubernetes' own; of those that end in `.k8s.io` some belong to custom resources, and none of them is patched here. */
function isBuiltIn(apiVersion: string): boolean {
  return !apiVersion.split('/')[0]?.includes('.')
}
