import {parseYamlDocument} from '../../yaml.ts'
import type {IndexRow} from './index-row.ts'

/** The row of a warm node image, as `bundle.yaml` has it. */
export type WarmRow = Required<
  Pick<IndexRow, 'type' | 'version' | 'reference' | 'imageId' | 'contentsHash' | 'file' | 'sha256' | 'size'>
> & {readonly name: 'warm-node'}

export interface CarriedInBundle {
  readonly text: string
  /** Files, below the bundle's folder, that nothing in it names any more. */
  readonly unnamed: readonly string[]
}

/**
 * The text of a `bundle.yaml` that carries a warm node image, in place of an earlier row of it and of warm images whose contents are not in `fitting`: no
 * cluster that this bundle makes would start from those. Comments, order and all that is not known here stay. The text is of an index that was read already.
 */
export function carryInBundle(text: string, row: WarmRow, fitting: readonly string[]): CarriedInBundle {
  const document = parseYamlDocument(text)
  const {artifacts} = document.toJS() as {readonly artifacts: readonly Partial<IndexRow>[]}
  const goes = ({name, contentsHash = ''}: Partial<IndexRow>): boolean =>
    name === 'warm-node' && (contentsHash === row.contentsHash || !fitting.includes(contentsHash))
  const gone = artifacts.flatMap((one, index) => (goes(one) ? [index] : []))
  for (const index of gone.toReversed()) document.deleteIn(['artifacts', index])
  document.addIn(['artifacts'], document.createNode(row))
  const named = new Set([row.file, ...artifacts.filter((one) => !goes(one)).map(({file}) => file)])
  const files = artifacts.filter(goes).flatMap(({file}) => file ?? [])
  return {text: document.toString({lineWidth: 0}), unnamed: [...new Set(files)].filter((file) => !named.has(file))}
}
