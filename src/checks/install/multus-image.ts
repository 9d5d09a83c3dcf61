import type {Check} from '../check.ts'
import {textAt} from '../json-path.ts'
import {couldNotLook, jsonOf} from '../seen.ts'
import type {PinnedImage} from '../surroundings.ts'
import {type MultusPod, upstreamSet, multusDaemonSetProbe, multusPodsProbe, readMultusPods} from './multus-pods.ts'

type Subject = {readonly pinned: PinnedImage | null}

/** Tags that mean another image tomorrow; upstream's own manifests use the first of them, even at a release's tag (multus facts §1.2). */
const moving = /^(snapshot|stable|latest)(-|$)/

/** M03: every node runs one and the same image of Multus, the one that was pinned. */
export const multusImage: Check<Subject> = {
  id: 'M03',
  title: 'Multus is the same everywhere',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'usual-multus'],
  subjects: ({surroundings}) => [{pinned: surroundings?.multusImage ?? null}],
  label: () => '',
  probes: () => ({daemonSet: multusDaemonSetProbe, pods: multusPodsProbe}),
  judge(evidence, {pinned}) {
    const workload = jsonOf(evidence, 'daemonSet')
    const pods = readMultusPods(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the Multus pods', pods)
    const running = pods.value.filter(({imageId}) => imageId !== '')
    const [first] = running
    if ('missing' in workload || !first) return {status: 'skip', summary: 'no Multus pod runs: see multus-ready'}
    const wanted = textAt(workload.value, 'spec', 'template', 'spec', 'containers', 0, 'image') ?? ''
    const odd = oddOnes(running, wanted)
    if (odd.length > 0)
      return {
        status: 'fail',
        summary: `Multus on ${odd.map(({node}) => node).join(', ')} is another image than on the other nodes`,
        evidence: running.map(({node, image, imageId}) => `${node}: ${image}, ${imageId}`),
        cause: odd.some(({image}) => image !== wanted)
          ? `its pod was changed to ${odd[0]?.image}, and the DaemonSet says ${wanted}`
          : `the node holds another image under the name ${wanted}`,
        fix: `remove the image from the node, then: kubectl -n ${upstreamSet.namespace} delete pod ${odd.map(({name}) => name).join(' ')}`,
      }
    const tag = /:([^:/@]+)$/.exec(wanted)?.[1] ?? (wanted.includes('@') ? '' : 'latest')
    if (moving.test(tag))
      return {
        status: 'warn',
        summary: `Multus runs from the moving tag ${tag}`,
        cause: "a node that pulls it later gets another Multus; upstream's manifests are not pinned to their release",
        fix: `kubectl -n ${upstreamSet.namespace} set image ds/${upstreamSet.name} kube-multus=${pinned?.name ?? 'NAME:vX.Y.Z'}`,
      }
    const digest = /sha256:[0-9a-f]{64}/.exec(first.imageId)?.[0] ?? first.imageId
    if (pinned?.name === wanted && pinned.digests.length > 0 && !pinned.digests.includes(digest))
      return {
        status: 'warn',
        summary: `${wanted} is not the image that was pinned under that name`,
        evidence: [`runs: ${digest}`, `pinned: ${pinned.digests.join(', ')}`],
        fix: `compare: docker manifest inspect ${wanted}`,
      }
    return {status: 'pass', summary: `${wanted}, ${digest.slice(0, 19)} on ${running.length} nodes`}
  },
}

/** Those whose image is not what the DaemonSet says, else those that are fewer than the others. */
function oddOnes(pods: readonly MultusPod[], wanted: string): readonly MultusPod[] {
  const changed = pods.filter(({image}) => image !== wanted)
  if (changed.length > 0) return changed
  const usual = pods
    .map(({imageId}) => ({imageId, count: pods.filter((pod) => pod.imageId === imageId).length}))
    .reduce((best, one) => (one.count > best.count ? one : best))
  return pods.filter(({imageId}) => imageId !== usual.imageId)
}
