import type {MultusMode} from '../../catalog/multus/index.ts'
import type {Check} from '../check.ts'
import {listAt, textAt} from '../json-path.ts'
import {allows, isAccount, isOfSome, rbacProbe, type Right} from '../rbac.ts'
import {couldNotLook, isAbsent, jsonOf} from '../seen.ts'
import {multusDaemonSetProbe} from './multus-pods.ts'

interface NeededRight extends Right {
  readonly without: string
}

const needed: readonly NeededRight[] = [
  {
    group: 'k8s.cni.cncf.io',
    resource: 'network-attachment-definitions',
    verbs: ['get'],
    without: 'pods that ask for a network stay in ContainerCreating: cannot get the network',
  },
  {group: '', resource: 'pods', verbs: ['get'], without: 'no pod starts: cannot get the pod'},
  {
    group: '',
    resource: 'pods/status',
    verbs: ['update', 'patch'],
    without: 'pods stay in ContainerCreating: the network-status cannot be written',
  },
]

/** The daemon keeps a list of its node's pods up to date (multus facts §1.1). */
const neededByThick: readonly NeededRight[] = [
  {group: '', resource: 'pods', verbs: ['list'], without: 'the daemon does not start'},
  {group: '', resource: 'pods', verbs: ['watch'], without: 'the daemon does not start'},
]

/** M08: the account of Multus may read networks and pods, and write the status of pods. Read from the roles bound to it in the whole cluster. */
export const multusRights: Check<{readonly mode: MultusMode}> = {
  id: 'M08',
  title: 'Multus has its rights',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'usual-multus'],
  subjects: ({multus}) => (multus === 'none' ? [] : [{mode: multus}]),
  label: () => '',
  probes: () => ({
    daemonSet: multusDaemonSetProbe,
    bindings: rbacProbe('clusterrolebindings'),
    roles: rbacProbe('clusterroles'),
  }),
  judge(evidence, {mode}) {
    const daemonSet = jsonOf(evidence, 'daemonSet')
    if (isAbsent(daemonSet)) return {status: 'skip', summary: 'there is no Multus: see multus-ready'}
    if ('missing' in daemonSet) return couldNotLook('the Multus DaemonSet', daemonSet)
    const bindings = jsonOf(evidence, 'bindings')
    if ('missing' in bindings) return couldNotLook('the bindings of cluster roles', bindings)
    const roles = jsonOf(evidence, 'roles')
    if ('missing' in roles) return couldNotLook('the cluster roles', roles)
    const namespace = textAt(daemonSet.value, 'metadata', 'namespace') ?? 'kube-system'
    const account = textAt(daemonSet.value, 'spec', 'template', 'spec', 'serviceAccountName') ?? 'default'
    const bound = listAt(bindings.value, 'items')
      .filter((binding) => listAt(binding, 'subjects').some((one) => isAccount(one, namespace, account)))
      .map((binding) => textAt(binding, 'roleRef', 'name') ?? '')
    const rules = listAt(roles.value, 'items')
      .filter((role) => bound.includes(textAt(role, 'metadata', 'name') ?? ''))
      .flatMap((role) => listAt(role, 'rules'))
    const lacking = [...needed, ...(mode === 'thick' ? neededByThick : [])].filter(
      (right) => !rules.some((rule) => !isOfSome(rule) && allows(rule, right)),
    )
    const who = `${namespace}/${account}`
    const [first] = lacking
    if (!first) return {status: 'pass', summary: `${who} may read networks and pods, and write the status of pods`}
    return {
      status: 'fail',
      summary: `${who} may not ${lacking.map(({verbs, resource}) => `${verbs[0]} ${resource}`).join(', ')}`,
      evidence: [`roles bound to it: ${bound.join(', ') || 'none'}`],
      cause: first.without,
      fix: 'run k8s-local create again with the same flags: it applies the roles of Multus',
    }
  },
}
