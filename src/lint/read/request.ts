import {placeIn, type Span, type TextLeaf} from '../../tree.ts'
import {editIn} from '../edits.ts'
import type {Attachment, NetworkRequest, Piece, RequestFault} from '../scene.ts'
import {readJsonRequest} from './request-json.ts'

/**
 * An annotation that asks for networks, in whichever form it has: JSON when it holds one of `[{"`, else the short form
 * `[namespace/]network[@interface], …` (multus v4.3.0 pkg/k8sclient/k8sclient.go). Never throws.
 */
export function readRequest(host: TextLeaf): NetworkRequest {
  return /[[{"]/.test(host.value) ? readJsonRequest(host) : readShortRequest(host)
}

function readShortRequest(host: TextLeaf): NetworkRequest {
  const faults: RequestFault[] = []
  const attachments: Attachment[] = []
  const text = host.value
  if (text.trim() === '') return {host, form: 'short', faults, attachments}
  const items = text.split(',')
  let at = 0
  for (const [index, item] of items.entries()) {
    const start = at + item.length - item.trimStart().length
    const word = item.trim()
    const read =
      word === '' ? emptyItem(host, {at, index, length: item.length, count: items.length}) : readItem(host, word, start)
    if ('attachment' in read) attachments.push(read.attachment)
    else faults.push(read.fault)
    at += item.length + 1
  }
  return {host, form: 'short', faults, attachments}
}

type Read = {readonly attachment: Attachment} | {readonly fault: RequestFault}

/** Multus looks for a network without a name: it says that it cannot find `()`. */
function emptyItem(
  host: TextLeaf,
  {at, index, length, count}: {at: number; index: number; length: number; count: number},
): Read {
  // The comma behind the element, or before it where it is the last.
  const [from, to] = index === count - 1 ? [at - 1, at + length] : [at, at + length + 1]
  const comma = index === count - 1 ? at - 1 : at + length
  const span = spanIn(host, comma, comma + 1)
  return {
    fault: {
      ...span,
      message: 'a comma with nothing beside it asks for a network without a name',
      fix: 'Remove the comma',
      edit: editIn(host, spanIn(host, from, to), ''),
    },
  }
}

function readItem(host: TextLeaf, word: string, start: number): Read {
  const at = spanIn(host, start, start + word.length)
  const slash = word.indexOf('/')
  const sign = word.indexOf('@')
  const extra = word.split('/').length > 2 || word.split('@').length > 2 || (sign >= 0 && sign < slash)
  if (extra) {
    return {
      fault: {
        ...at,
        message: `'${word}' is not [namespace/]network[@interface]`,
        fix: "Write at most one '/' and behind it at most one '@'",
      },
    }
  }
  const end = sign < 0 ? word.length : sign
  const piece = (from: number, to: number): Piece => ({
    text: word.slice(from, to),
    at: spanIn(host, start + from, start + to),
  })
  return {
    attachment: {
      at,
      network: piece(slash + 1, end),
      ips: [],
      ...(slash >= 0 && {namespace: piece(0, slash)}),
      ...(sign >= 0 && {interface: piece(sign + 1, word.length)}),
    },
  }
}

function spanIn(host: TextLeaf, from: number, to: number): Span {
  return {start: placeIn(host, from), end: placeIn(host, to)}
}
