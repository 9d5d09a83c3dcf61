import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {couldNotLook, isAbsent, jsonOf} from '../seen.ts'

const resource = 'network-attachment-definitions'
const group = 'k8s.cni.cncf.io'

/** M01: the API serves NetworkAttachmentDefinitions, in the version that Multus asks for, with their short names. */
export const crdServed: Check<null> = {
  id: 'M01',
  title: 'API serves networks',
  tier: 'quick',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 5,
  subjects: () => [null],
  label: () => '',
  probes: () => ({
    served: {type: 'api', path: `/apis/${group}/v1`},
    crd: {type: 'api', path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${resource}.${group}`},
  }),
  judge(evidence) {
    const served = jsonOf(evidence, 'served')
    if ('missing' in served && !isAbsent(served)) return couldNotLook(`what ${group} serves`, served)
    const crd = jsonOf(evidence, 'crd')
    const found =
      'value' in served ? listAt(served.value, 'resources').find((one) => at(one, 'name') === resource) : undefined
    if (!found)
      return {
        status: 'fail',
        summary: `the API serves no ${resource} of ${group}/v1`,
        cause: isAbsent(crd)
          ? 'its CustomResourceDefinition was deleted, and every network with it'
          : 'value' in crd
            ? whyNotServed(crd.value)
            : `its CustomResourceDefinition cannot be looked at: ${crd.missing}`,
        fix: isAbsent(crd)
          ? 'run k8s-local create again with the same flags, then add the networks again'
          : `kubectl get crd ${resource}.${group} -o yaml`,
      }
    const names = listAt(found, 'shortNames').filter((name) => typeof name === 'string')
    if (!names.includes('net-attach-def'))
      return {
        status: 'warn',
        summary: `the short name net-attach-def is not served`,
        cause: 'another type of the cluster has it',
        fix: `use ${resource}.${group} in its place`,
      }
    return {status: 'pass', summary: `${group}/v1, also as ${names.join(', ')}`}
  },
}

function whyNotServed(crd: Json): string {
  const version = listAt(crd, 'spec', 'versions').find((one) => at(one, 'name') === 'v1')
  if (at(version, 'served') !== true) return 'its CustomResourceDefinition does not serve v1'
  const refused = listAt(crd, 'status', 'conditions').find((one) => at(one, 'status') === 'False')
  return textAt(refused, 'message') ?? 'its CustomResourceDefinition was not accepted yet'
}
