import {basename, dirname} from 'node:path'
import type {CachedImage, CacheFacts} from '../plan/cache/cache-facts.ts'
import {type WarmContents, warmLabels} from '../steps/warm-image.ts'
import {bytesText} from './amounts.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'

/** Warm node images and downloads, each with its size; what to do where there is nothing. */
export function presentCache({warmImages, files, leftBuilds}: CacheFacts, {style}: Page): string {
  const images = table(
    ['warm node image', 'size', 'made', 'used by', 'holds'],
    warmImages.map((image) => [
      image.references[0] ?? image.id.slice(0, 19),
      bytesText(image.size),
      image.created.slice(0, 10),
      image.usedBy.join(', ') || '-',
      holdsText(image),
    ]),
  )
  const downloads = table(
    ['download', 'size'],
    files.map(({file, bytes}) => [shortName(file), bytesText(bytes)]),
  )
  const folder = files[0] && dirname(files[0].file)
  const total = files.reduce((sum, {bytes}) => sum + bytes, 0)
  const parts = [
    images,
    ...(folder === undefined ? [] : [`${downloads}\n${bytesText(total)} in ${folder}`]),
    ...(leftBuilds.length > 0
      ? [style.yellow(`Left by a build that was killed: ${leftBuilds.join(', ')}; cache clear removes it`)]
      : []),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join('\n\n') : 'Nothing is kept. Make a warm node image: k8s-local warm'
}

/** By its own account; another release may have said it in another way. */
function holdsText({labels}: CachedImage): string {
  try {
    const {holds} = JSON.parse(labels[warmLabels.contents] ?? '') as WarmContents
    return holds.map(({name, version}) => `${name} ${version}`).join(', ')
  } catch {
    return '?'
  }
}

/** Files are called by their checksum; a dozen digits tell them apart. */
function shortName(file: string): string {
  return basename(file).replace(/^([0-9a-f]{12})[0-9a-f]{52}/, '$1')
}
