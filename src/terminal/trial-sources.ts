import {basename} from 'node:path'
import {readNetworkFile} from '../checks/rehearsal/read-network-file.ts'
import type {FileDriver} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {TrialSource} from '../run/rehearsal/on-cluster.ts'
import {readNetworkReference} from '../spec/attachment.ts'
import {absolute} from './run-options.ts'

/** What was named: a network of a cluster, or those in a file. Throws network-unreadable, invalid-input. */
export async function readSources(
  word: string,
  how: {readonly namespace: string; readonly files: Pick<FileDriver, 'read'>},
): Promise<readonly TrialSource[]> {
  return isFile(word) ? await readFile(word, how) : readReference(word, how.namespace)
}

/** A name of a network has neither an ending nor more than one slash. */
function isFile(word: string): boolean {
  return word === '-' || /^[./~]|\.(?:ya?ml|json|conf|conflist)$/i.test(word)
}

function readReference(word: string, fallback: string): readonly TrialSource[] {
  const read = readNetworkReference(word)
  if ('fault' in read) {
    throw new Problem('invalid-input', {
      message: read.fault,
      suggestions: ['A file is named with its folder or its ending: ./FILE, FILE.yaml'],
    })
  }
  return [{namespace: read.value.namespace ?? fallback, name: read.value.network}]
}

async function readFile(
  word: string,
  {namespace: fallback, files}: {readonly namespace: string; readonly files: Pick<FileDriver, 'read'>},
): Promise<readonly TrialSource[]> {
  const file = word === '-' ? '/dev/stdin' : absolute(word)
  const contents = await files.read(file)
  if (contents === undefined) throw new Problem('network-unreadable', {message: `There is no file ${word}`})
  const read = readNetworkFile(contents, basename(word).replace(/\.[^.]*$/, '') || 'network')
  if ('fault' in read)
    throw new Problem('network-unreadable', {message: `${word} holds no network that can be tried`, cause: read.fault})
  return read.networks.map(({name, namespace = fallback, config}) => ({file: word, name, namespace, config}))
}
