import {networkTypes} from '../catalog/network/index.ts'

/** Whether the layer 2 of a plugin type spans nodes; false for a type that the catalog does not hold. */
export function spansNodes(type = ''): boolean {
  return (networkTypes as Readonly<Record<string, {readonly spansNodes: boolean}>>)[type]?.spansNodes ?? false
}
