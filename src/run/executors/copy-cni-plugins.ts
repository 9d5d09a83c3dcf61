import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {pluginFolder} from '../../templates/plugin-folder.ts'
import {artifactFile} from '../artifact-file.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {changeNode, lookAtNode} from '../node-exec.ts'

/**
 * Every plugin of the archive is in /opt/cni/bin of every node; what was there before stays as it was. The archive is unpacked beside the folder and
 * its programs are then linked into it: a plugin appears whole or not at all. The unpacked folder stays: it takes no room, a later run knows by it which
 * programs there should be, and brings back from it what somebody has deleted.
 */
export const copyCniPlugins: Executor<'copy-cni-plugins'> = async ({artifact, nodes}, context) => {
  const folder = pluginFolder(artifact.version)
  const looks = await inParallel(nodes, async (node) => ({node, ...(await look(node, folder, context))}))
  const open = looks.filter(({whole}) => !whole)
  if (open.length === 0) return {already: true}
  const lacking = (await inParallel(open, (one) => linkAgain(one, folder, context))).flat()
  if (lacking.length === 0) return {already: false}
  const {file} = await artifactFile(artifact, context)
  let done = nodes.length - lacking.length
  await inParallel(lacking, async (node) => {
    await copy(node, {folder, file, artifact}, context)
    done += 1
    context.progress(done, nodes.length, 'nodes')
  })
  return {already: false}
}

interface Source {
  readonly folder: string
  readonly file: string
  readonly artifact: Artifact
}

async function copy(node: string, {folder, file, artifact}: Source, context: StepContext): Promise<void> {
  const partial = `${folder}.partial`
  // Upstream's archive carries two texts beside the programs (containernetworking/plugins v1.9.1).
  const unpack = [
    'tar',
    '-xzf',
    '-',
    '-C',
    '/opt/cni',
    `--one-top-level=${partial.split('/').at(-1)}`,
    '--no-same-owner',
    '--exclude=LICENSE',
    '--exclude=README.md',
  ]
  await changeNode(context, node, unpack, {stdin: {file}})
  await link(node, partial, context)
  await changeNode(context, node, ['rm', '-rf', folder])
  await changeNode(context, node, ['mv', '-T', partial, folder])
  const {whole, missing} = await look(node, folder, context)
  if (whole) return
  throw new Problem('node-command-failed', {
    message: `CNI plugins ${artifact.version} are not complete on node ${node}`,
    cause: missing.length > 0 ? `Missing in /opt/cni/bin: ${missing.join(', ')}` : 'The archive holds no programs',
    suggestions: [`docker exec ${node} ls -la /opt/cni/bin`],
  })
}

/** The node, unless what was once unpacked there is enough. */
async function linkAgain(
  {node, missing}: {readonly node: string; readonly missing: readonly string[]},
  folder: string,
  context: StepContext,
): Promise<readonly string[]> {
  if (missing.length === 0) return [node]
  await link(node, folder, context)
  return (await look(node, folder, context)).whole ? [] : [node]
}

/** Links what an unpacked folder holds into the folder of the runtime. */
async function link(node: string, folder: string, context: StepContext): Promise<void> {
  // The exit code of `cp -n` for a file that is there differs between versions of coreutils (9.2 to 9.4 fail): a look decides.
  await lookAtNode(context, node, ['cp', '-rlnT', folder, '/opt/cni/bin'])
}

/** One look: which programs of the unpacked folder are not in /opt/cni/bin. */
async function look(
  node: string,
  folder: string,
  context: StepContext,
): Promise<{readonly whole: boolean; readonly missing: readonly string[]}> {
  const {stdout} = await lookAtNode(context, node, [
    'find',
    '/opt/cni',
    '-mindepth',
    '2',
    '-maxdepth',
    '2',
    '-perm',
    '-0100',
    '-printf',
    '%P\n',
  ])
  const paths = stdout.split('\n')
  const names = (of: string) =>
    paths.filter((path) => path.startsWith(`${of}/`)).map((path) => path.slice(of.length + 1))
  const present = new Set(names('bin'))
  const wanted = names(folder.replace('/opt/cni/', ''))
  const missing = wanted.filter((name) => !present.has(name))
  return {whole: wanted.length > 0 && missing.length === 0, missing}
}
