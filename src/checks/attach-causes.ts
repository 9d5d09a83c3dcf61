import {addressCauses} from './causes/address-causes.ts'
import {annotationCauses} from './causes/annotation-causes.ts'
import type {CauseRow} from './causes/cause-row.ts'
import {installCauses} from './causes/install-causes.ts'
import {linkCauses} from './causes/link-causes.ts'
import {pluginCauses} from './causes/plugin-causes.ts'

/** Why a pod did not get its network: the texts of Multus and of the plugins, and what they mean. */
export interface AttachCause {
  /** For `k8s-local explain`: the code of the row, stable across releases. */
  readonly code: string
  readonly cause: string
  readonly fix: string
}

/** Every row; where two fit a text the first one counts. */
export const attachCauses: readonly CauseRow[] = [
  ...annotationCauses,
  ...installCauses,
  ...linkCauses,
  ...addressCauses,
  ...pluginCauses,
]

/** The cause behind the message of a FailedCreatePodSandBox event, or behind the error of a plugin; undefined for a message that is not known. */
export function explainAttachFailure(message: string): AttachCause | undefined {
  for (const {code, text, cause, fix} of attachCauses) {
    const match = text.exec(message)
    if (match) return {code, cause: cause(match), fix: fix(match)}
  }
  return undefined
}
