import {readFile, realpath, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Problem} from '../problem.ts'
import {writeAtomically} from './files/atomic-write.ts'
import {codeOf} from './files/file-problem.ts'
import {readEntries} from './kubeconfig/entries.ts'
import {mergeEntries, removeEntries} from './kubeconfig/edit-text.ts'
import {withFileLock} from './kubeconfig/file-lock.ts'
import type {KubeconfigDriver} from './ports.ts'

/**
 * Edits the user's kubeconfig: only the entries `kind-<cluster>`, all other text stays byte for byte. Throws
 * kubeconfig-unreadable for a file that is no kubeconfig (it is left as it is) and kubeconfig-unwritable.
 */
export function createKubeconfigDriver(): KubeconfigDriver {
  return {
    merge: async ({file, from, cluster}) => {
      const entries = readEntries(await readFile(from, 'utf8'), {file: from, name: `kind-${cluster}`})
      return await edit(file, (text) => mergeEntries(text, {file, entries}))
    },
    remove: async ({file, cluster}) => {
      if ((await textOf(file)) === undefined) return true
      return await edit(file, (text) => removeEntries(text, {file, name: `kind-${cluster}`}))
    },
  }
}

/** True when the edit changes nothing; then nothing is written. A link is followed and stays a link; mode and owner stay. */
async function edit(named: string, change: (text: string) => string): Promise<boolean> {
  const file = await followLink(named)
  try {
    return await withFileLock(file, async () => {
      const before = await textOf(file)
      const after = change(before ?? '')
      if (after === (before ?? '')) return true
      const seen = await stat(file).catch(() => undefined)
      await writeAtomically(file, (handle) => handle.writeFile(after), {
        mode: (seen?.mode ?? 0o600) & 0o777,
        ...(seen ? {owner: seen} : {}),
      })
      return false
    })
  } catch (error) {
    throw asUnwritable(error, named)
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw new Problem('kubeconfig-unreadable', {
      message: `The kubeconfig ${file} cannot be read`,
      cause: error instanceof Error ? error.message : String(error),
      suggestions: [`Check who owns it: ls -l ${file}`, 'Use another file: --kubeconfig FILE'],
    })
  }
}

/** The file that a chain of links leads to, also when it does not exist yet. */
async function followLink(file: string): Promise<string> {
  const target = await realpath(file).catch(() => undefined)
  if (target !== undefined) return target
  const folder = await realpath(dirname(file)).catch(() => dirname(file))
  return join(folder, file.slice(dirname(file).length).replace(/^\/+/, ''))
}

function asUnwritable(error: unknown, file: string): unknown {
  if (!(error instanceof Problem) || error.data.name !== 'file-unwritable') return error
  return new Problem('kubeconfig-unwritable', {
    message: `The kubeconfig ${file} cannot be written`,
    ...(error.data.cause === undefined ? {} : {cause: error.data.cause}),
    suggestions: [
      `Check who owns it and its folder: ls -ld ${dirname(file)} ${file}`,
      'Use another file: --kubeconfig FILE',
    ],
  })
}
