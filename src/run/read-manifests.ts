import {join} from 'node:path'
import type {FileDriver} from '../drivers/ports.ts'
import type {Facts} from '../plan/facts.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {parseYamlStream} from '../yaml.ts'

/** The objects of the files in the folders below `manifests`, by path (`multus/thin.yaml`). Throws an Error when a file is damaged: it is a part of this program. */
export async function readManifests(files: Pick<FileDriver, 'read' | 'list' | 'paths'>): Promise<Facts['manifests']> {
  const root = join(files.paths.packageRoot, 'manifests')
  const folders = (await files.list(root)).filter((name) => !name.includes('.'))
  const paths = (
    await Promise.all(
      folders.map(async (folder) => (await files.list(join(root, folder))).map((name) => `${folder}/${name}`)),
    )
  ).flat()
  const entries = await Promise.all(
    paths
      .filter((path) => path.endsWith('.yaml'))
      .map(
        async (path) =>
          [path, parseYamlStream((await files.read(join(root, path))) ?? '') as readonly KubernetesObject[]] as const,
      ),
  )
  return Object.fromEntries(entries)
}
