import type {Plan, Step} from '../../steps/step.ts'
import {runDeadlines} from '../deadlines.ts'
import {makePlan} from '../make-plan.ts'
import {count} from '../parts/kind-cluster.ts'
import type {CachedImage, CacheFacts} from './cache-facts.ts'

/** What `cache clear` is about. */
export type CachePart = 'all' | 'warm' | 'downloads'

/** Removes what is kept to be faster, and nothing that a cluster needs: an image that nodes were made from stays, and a note says so. */
export function clearCache({part}: {readonly part: CachePart}, facts: CacheFacts): Plan {
  const {warmImages, leftBuilds}: Omit<CacheFacts, 'files'> =
    part === 'downloads' ? {warmImages: [], leftBuilds: []} : facts
  const files = part === 'warm' ? [] : facts.files
  const used = warmImages.filter(({usedBy}) => usedBy.length > 0)
  const free = warmImages.filter((image) => !used.includes(image))
  const images: Step = {
    id: 'warm-images',
    title: free.length > 0 ? `Remove ${count(free.length, 'warm node image')}` : 'Remove what a killed build has left',
    action: {type: 'remove-warm-images', images: free.flatMap(namesOf)},
    after: [],
  }
  const downloads: Step = {
    id: 'downloads',
    title: `Delete ${count(files.length, 'download')}`,
    action: {type: 'delete-cached-files', files: files.map(({file}) => file)},
    after: [],
  }
  return makePlan({
    title: 'Clear the cache',
    cluster: '',
    steps: [...(free.length + leftBuilds.length > 0 ? [images] : []), ...(files.length > 0 ? [downloads] : [])],
    timeoutSeconds: runDeadlines.clear,
    notes: used.map((image) => `${namesOf(image)[0]} stays: the nodes of ${image.usedBy.join(', ')} were made from it`),
  })
}

/** All its names, for the image goes with the last; its id where it has none. */
function namesOf({references, id}: CachedImage): readonly string[] {
  return references.length > 0 ? references : [id]
}
