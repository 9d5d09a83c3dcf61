import {overlaps, parseCidr} from '../../spec/cidr.ts'
import type {Check} from '../check.ts'
import type {SceneHost} from '../surroundings.ts'

type Subject = {readonly own: readonly Owned[]; readonly others: readonly Owned[]}

type Owned = {readonly subnet: string; readonly owner: string}

/** H04: what the cluster calls its own overlaps nothing else that this machine has a route to. Ranges of networks are judged by ranges-apart. */
export const subnetsApart: Check<Subject> = {
  id: 'H04',
  title: 'Subnets do not overlap',
  tier: 'quick',
  severity: 'error',
  needs: ['host'],
  subjects: ({surroundings}) => (surroundings?.host ? [subnetsOf(surroundings.host)] : []),
  label: () => '',
  probes: () => ({}),
  judge(_, {own, others}) {
    const among = own.flatMap((one, place) =>
      own
        .slice(place + 1)
        .filter((two) => clash(one, two))
        .map((two) => [one, two] as const),
    )
    const across = own.flatMap((one) => others.filter((two) => clash(one, two)).map((two) => [one, two] as const))
    const clashes = [...among, ...across]
    const [first] = clashes
    if (!first)
      return {
        status: 'pass',
        summary: `${own.map(({subnet}) => subnet).join(', ')} overlap none of ${others.length} other subnets of this machine`,
      }
    const [one, two] = first
    return {
      // A route to elsewhere (a VPN's 10.0.0.0/8, say) only hides from pods what lies behind it.
      status: clashes.some(([, other]) => other.owner !== 'a route of this machine') ? 'fail' : 'warn',
      summary: `${one.owner}, ${one.subnet}, overlaps ${two.owner}, ${two.subnet}`,
      ...(clashes.length > 1 && {evidence: clashes.map(([a, b]) => `${a.owner} ${a.subnet}, ${b.owner} ${b.subnet}`)}),
      cause: 'packets for one of them go to the other',
      fix: 'make the cluster with other subnets: k8s-local create --pod-subnet, --service-subnet, --network NAME=CIDR',
    }
  },
}

function subnetsOf({podSubnet, serviceSubnet, subnets}: SceneHost): Subject {
  const known = [
    {subnet: podSubnet, owner: 'the pod subnet'},
    {subnet: serviceSubnet, owner: 'the service subnet'},
  ].filter(({subnet}) => subnet !== '')
  const plain = ({subnet, owner}: Owned) => ({subnet, owner})
  return {
    own: [...known, ...subnets.filter(({hasNodes}) => hasNodes).map(plain)],
    others: subnets.filter(({hasNodes}) => !hasNodes).map(plain),
  }
}

function clash(one: Owned, two: Owned): boolean {
  const [a, b] = [parseCidr(one.subnet), parseCidr(two.subnet)]
  return a !== undefined && b !== undefined && overlaps(a, b)
}
