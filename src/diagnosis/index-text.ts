import type {CollectedFile, Diagnosis, MissingFile} from './diagnosis.ts'

/** The index of a diagnosis for people: Markdown. What is wrong and what is missing come before the list of files. */
export function indexText({cluster, at, version, files, missing, absent, refusals}: Diagnosis): string {
  return [
    `# Diagnosis of ${cluster}`,
    `Made ${at} by k8s-local ${version}. Nothing in the cluster was changed.`,
    'Tokens, keys, certificates, passwords and values of environment variables read `[hidden]`; Secrets were not read. Names, addresses and logs are as they are: look through it before you pass it on.',
    ...section(
      'Pods that networks refuse',
      refusals.map(
        ({pods, cause, code, fix}) => `- ${pods.join(', ')}: ${cause} (\`k8s-local explain ${code}\`). ${fix}`,
      ),
    ),
    ...section('What could not be collected', byReason(missing)),
    ...section('What is not there', byReason(absent)),
    ...section('Files', files.map(fileLine)),
  ]
    .join('\n\n')
    .concat('\n')
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, lines.join('\n')]
}

function fileLine({file, title, bytes, cut}: CollectedFile): string {
  return `- [${file}](${encodeURI(file)}): ${title}, ${bytes} bytes${cut ? ', its beginning cut off' : ''}`
}

function byReason(files: readonly MissingFile[]): readonly string[] {
  const reasons = [...new Set(files.map(({reason}) => reason))]
  return reasons.map((reason) => {
    const names = files.filter((one) => one.reason === reason).map(({file}) => file)
    return `- ${names.join(', ')}: ${reason}`
  })
}
