import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {redact} from '../../redact.ts'

/** The bytes are not those that were pinned. `where` is the file or the address that they came from. */
export function artifactCorrupt(artifact: Artifact, where: string, seen: string): Problem {
  const bundled = artifact.origin.kind === 'bundle'
  return new Problem('artifact-corrupt', {
    message: `${artifact.name} ${artifact.version} is not what it should be`,
    cause: `${where}\nexpected ${artifact.sha256}\nseen     ${seen}`,
    suggestions: bundled
      ? ['Copy or build the bundle again: its file was changed or is not whole']
      : [
          'Run the same command again; if it fails again, something between here and the server changes the file',
          'Work from a bundle: --bundle DIR',
        ],
  })
}

/** A download that did not succeed. `reason` is what the last attempt said. */
export function downloadFailed(artifact: Artifact, address: string, reason: string): Problem {
  return new Problem('download-failed', {
    message: `${artifact.name} ${artifact.version} could not be downloaded`,
    cause: redact(`${address}\n${reason}`),
    suggestions: [
      `Try it by hand: curl -fLO ${redact(address)}`,
      'Behind a proxy: set HTTPS_PROXY',
      'Work without the network: --bundle DIR, or K8S_LOCAL_BUNDLE',
    ],
  })
}
