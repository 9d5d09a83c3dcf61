import {collectDiagnosis} from '../diagnosis/collect.ts'
import type {Executor} from '../executor.ts'

/** Writes what there is to see of the cluster into a new folder, with the run so far as its report. */
export const collect: Executor<'collect-diagnosis'> = async ({folder, nodePods}, context) => {
  const {files, missing} = await collectDiagnosis(
    {cluster: context.cluster, folder, report: context.soFar(), ...(nodePods !== undefined && {nodePods})},
    context,
  )
  context.note(`${files.length} files, ${missing.length} missing`)
  return {already: false}
}
