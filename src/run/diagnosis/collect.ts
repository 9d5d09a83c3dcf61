import {join} from 'node:path'
import type {CollectedFile, Diagnosis} from '../../diagnosis/diagnosis.ts'
import {indexText} from '../../diagnosis/index-text.ts'
import {refusalsIn} from '../../diagnosis/refusals.ts'
import {scrubObject} from '../../diagnosis/scrub-object.ts'
import type {FileDriver} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Json} from '../../steps/object.ts'
import type {GatherContext} from '../gather.ts'
import {inParallel} from '../in-parallel.ts'
import {type Looked, lookAtAll} from './look-at-all.ts'
import {observeView, type ViewOptions} from './observe-view.ts'

export interface CollectOptions extends ViewOptions {
  /** Absolute path of a folder that is not there yet. */
  readonly folder: string
  /** What the run found that wants the diagnosis; it becomes a file of it. */
  readonly report?: object
}

/**
 * Looks at everything that may tell why a network does not work, and writes it into a folder, without secrets, with an index. Changes nothing else. What
 * cannot be seen is noted with the reason. Throws file-unwritable, interrupted; api-unreachable where neither API nor engine tells anything.
 */
export async function collectDiagnosis(options: CollectOptions, context: GatherContext): Promise<Diagnosis> {
  const {cluster, folder, report, nodePods} = options
  const {files} = context.drivers
  if (await files.find(folder)) throw new Problem('file-unwritable', {message: `${folder} is there already`})
  const view = await observeView(options, context)
  if (view.apiFault !== undefined && view.nodes.length === 0) throw nothingToSee(cluster, view.apiFault)
  const looked = await lookAtAll(view, {...context, ...(nodePods !== undefined && {nodePods})})
  const texts: readonly FileText[] = [
    ...(report ? [{file: 'report.json', title: 'what the run found that made this', text: jsonText(report)}] : []),
    ...looked.flatMap(({look: {file, title}, result}) => ('text' in result ? [{file, title, ...result}] : [])),
  ]
  const diagnosis: Diagnosis = {
    cluster,
    folder,
    at: new Date().toISOString(),
    version: await ownVersion(files),
    files: texts.map(toCollected),
    missing: reasons(looked, 'fault'),
    absent: reasons(looked, 'absent'),
    refusals: refusalsIn(eventsIn(texts)),
  }
  const index = [
    {file: 'index.json', text: jsonText(diagnosis)},
    {file: 'README.md', text: indexText(diagnosis)},
  ]
  await writeAll(folder, [...texts, ...index], files)
  return diagnosis
}

/** All of them or none: a folder with a part of its files would pass for a whole one. */
async function writeAll(
  folder: string,
  texts: readonly Pick<FileText, 'file' | 'text'>[],
  files: FileDriver,
): Promise<void> {
  try {
    await inParallel(texts, ({file, text}) => files.write(join(folder, file), text, fileMode), 8)
  } catch (error) {
    await files.remove(folder)
    throw error
  }
}

/** For the user alone, who decides whom they show it to. */
const fileMode = 0o600

interface FileText {
  readonly file: string
  readonly title: string
  readonly text: string
  readonly cut?: true
}

function toCollected({file, title, text, cut}: FileText): CollectedFile {
  return {file, title, bytes: new TextEncoder().encode(text).length, ...(cut && {cut})}
}

function reasons(looked: readonly Looked[], kind: 'fault' | 'absent'): Diagnosis['missing'] {
  return looked.flatMap(({look: {file, title}, result}) => {
    const reason = (result as Readonly<Record<string, unknown>>)[kind]
    return typeof reason === 'string' ? [{file, title, reason}] : []
  })
}

function eventsIn(texts: readonly FileText[]): Json {
  return JSON.parse(texts.find(({file}) => file === 'cluster/events.json')?.text ?? '{}') as Json
}

function jsonText(document: object): string {
  return `${JSON.stringify(scrubObject(document as Json), undefined, 2)}\n`
}

async function ownVersion(files: FileDriver): Promise<string> {
  const {version} = JSON.parse((await files.read(join(files.paths.packageRoot, 'package.json'))) ?? '{}') as {
    readonly version?: string
  }
  return version ?? 'unknown'
}

function nothingToSee(cluster: string, cause: string): Problem {
  return new Problem('api-unreachable', {
    message: `There is nothing to see of ${cluster}: its API does not answer, and no node of it is a container here`,
    cause,
    suggestions: ['k8s-local list', 'kubectl config get-contexts'],
  })
}
