import {type Artifact, imageName} from '../../steps/artifact.ts'
import {fullName} from '../images/full-name.ts'
import type {TargetView} from './look-at-target.ts'

/** The name under which bundles carry the probe image (docs of the bundle format). */
const bundledProbe = 'k8s-local/probe'

/**
 * The artifacts, where images that every node holds already need not be fetched again: a cluster made from a bundle gets its probe pods later without
 * the bundle. Their origin is then `engine`, which is asked only if a node has lost the image in the meantime.
 */
export function heldOnNodes(
  artifacts: readonly Artifact[],
  {images, platform}: Pick<TargetView, 'images' | 'platform'>,
): readonly Artifact[] {
  const known = artifacts.map((artifact): Artifact => {
    const isHeld = artifact.type === 'image' && images.has(fullName(imageName(artifact)))
    return isHeld ? {...artifact, reference: imageName(artifact), origin: {kind: 'engine'}} : artifact
  })
  if (known.some(({name, origin}) => name === 'probe' && origin.kind !== 'online')) return known
  const prefix = `docker.io/${bundledProbe}:`
  const probes = [...images]
    .filter((image) => image.startsWith(prefix))
    .map((image): Artifact => {
      const version = image.slice(prefix.length)
      return {
        name: 'probe',
        type: 'image',
        version,
        platform,
        reference: `${bundledProbe}:${version}`,
        origin: {kind: 'engine'},
      }
    })
  return [...probes, ...known]
}
