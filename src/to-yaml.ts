import {Document} from 'yaml'

/**
 * YAML text of a value: block style, no line folding, no anchors; a multi-line string becomes a block scalar (`|-`). Apart from reading
 * (yaml.ts), because a command that only shows what it would do needs no parser.
 */
export function toYaml(value: unknown): string {
  return new Document(value, {aliasDuplicateObjects: false}).toString({lineWidth: 0, blockQuote: 'literal'})
}
