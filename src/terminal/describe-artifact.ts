import type {Artifact} from '../steps/artifact.ts'
import {shellText} from './shell-text.ts'

/** What would fetch an artifact; a remark where it is there already. */
export function describeFetch(artifact: Artifact): string {
  const {origin, name, version, type} = artifact
  if (origin.kind === 'bundle') return `# ${name} ${version} from ${origin.file}`
  if (origin.kind === 'path') return `# ${name} ${version} is ${origin.file}`
  if (origin.kind === 'engine') return `# ${name} ${version} is in the container engine`
  const isImage = type === 'image' || type === 'node-image'
  return shellText(
    isImage ? ['docker', 'pull', origin.source] : ['curl', '--fail', '--location', '--remote-name', origin.source],
  )
}

/** The file that holds an artifact, or its address where it is still to be downloaded. */
export function fileOf({origin, name}: Artifact): string {
  if (origin.kind === 'online') return origin.source
  return origin.kind === 'engine' ? name : origin.file
}
