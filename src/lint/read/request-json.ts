import {placeIn, type TextLeaf, type Tree, type TreeMap} from '../../tree.ts'
import {editIn} from '../edits.ts'
import type {Attachment, NetworkRequest, Piece, RequestFault} from '../scene.ts'
import {kindOf, leafAt, treeAt} from '../tree-access.ts'
import {readJson} from './json.ts'

/** The JSON form: an array of objects (multus v4.3.0 pkg/types/types.go). */
export function readJsonRequest(host: TextLeaf): NetworkRequest {
  const {tree, faults: broken} = readJson(host.value, (offset) => placeIn(host, offset))
  const faults = broken.map(({start, end, message, replacement}): RequestFault => {
    const edit = replacement === undefined ? {} : {edit: editIn(host, {start, end}, replacement)}
    return {start, end, message, fix: replacement === '' ? 'Remove it' : 'Make it JSON that any parser reads', ...edit}
  })
  const items = tree?.kind === 'list' ? tree.items : []
  if (tree && tree.kind !== 'list') faults.push(notAList(host, tree))
  const attachments = (tree?.kind === 'map' ? [tree] : items).flatMap((item): readonly Attachment[] => {
    if (item.kind === 'map') return readElement(host, item, faults)
    faults.push({...item, message: `${kindOf(item)} is not an object`, fix: 'Write {"name": "NETWORK"}'})
    return []
  })
  return {host, form: 'json', faults, attachments}
}

function notAList(host: TextLeaf, tree: Tree): RequestFault {
  const single = tree.kind === 'map'
  const edit = single ? wrapIn(host, tree) : undefined
  return {
    start: tree.start,
    end: tree.start + 1,
    message: single
      ? 'a single object stands where a list of objects must'
      : `${kindOf(tree)} is not a list of objects`,
    fix: 'Put [ and ] around it, also where it is only one network',
    ...(edit && {edit}),
  }
}

/** The brackets go around the whole: one edit, so that half of it cannot be applied. */
function wrapIn(host: TextLeaf, tree: Tree): RequestFault['edit'] {
  const raw = rawOf(host, tree)
  return raw === undefined ? undefined : editIn(host, tree, `[${raw}]`)
}

/** The text of a part of the host, where it stands on one line of the file: over several, the indentation would be lost. */
function rawOf(host: TextLeaf, {start, end}: Tree): string | undefined {
  const first = host.pieces[1] ?? host.start
  const plainRun = host.pieces.length === 2
  return plainRun ? host.value.slice(start - first, end - first) : undefined
}

function readElement(host: TextLeaf, tree: TreeMap, faults: RequestFault[]): readonly Attachment[] {
  const name = leafAt(tree, 'name')
  if (!name || name.value === '') {
    faults.push({
      start: tree.start,
      end: tree.start + 1,
      message: 'an element has no "name"',
      fix: 'Add "name": "NETWORK"',
    })
    return []
  }
  const slash = name.value.indexOf('/')
  if (slash >= 0) {
    const [namespace = '', network = ''] = name.value.split('/')
    faults.push({
      start: name.start,
      end: name.end,
      message: `"name" is not split at '/': no network is called ${name.value}`,
      fix: `Write "namespace": "${namespace}", "name": "${network}"`,
      ...(!leafAt(tree, 'namespace') && {
        edit: editIn(host, name, `${JSON.stringify(network)}, "namespace": ${JSON.stringify(namespace)}`),
      }),
    })
    return []
  }
  const ips = treeAt(tree, 'ips')
  if (ips?.kind === 'text') {
    faults.push({
      start: ips.start,
      end: ips.end,
      message: '"ips" is a text and must be a list of texts',
      fix: `Write "ips": ["${ips.value}"]`,
      edit: editIn(host, ips, `[${JSON.stringify(ips.value)}]`),
    })
  }
  const namespace = pieceOf(tree, 'namespace')
  const interfaceName = pieceOf(tree, 'interface') ?? pieceOf(tree, 'interfaceRequest')
  return [
    {
      at: tree,
      tree,
      network: {text: name.value, at: name},
      ips:
        ips?.kind === 'list'
          ? ips.items.flatMap((one) => (one.kind === 'text' ? [{text: one.value, at: one}] : []))
          : [],
      ...(namespace && {namespace}),
      ...(interfaceName && {interface: interfaceName}),
    },
  ]
}

function pieceOf(tree: TreeMap, key: string): Piece | undefined {
  const leaf = leafAt(tree, key)
  return leaf && leaf.value !== '' ? {text: leaf.value, at: leaf} : undefined
}
