export interface TrackedFile {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}

/** What this machine must not leave behind in a file. */
export interface Traces {
  /** Hosts of package registries and mirrors. */
  readonly hosts: readonly string[]
  /** Absolute folders. */
  readonly paths: readonly string[]
}

export interface Judged {
  readonly findings: readonly string[]
  readonly warnings: readonly string[]
}

const longestSource = 200
const vagueNames = /^(utils?|helpers?|common|misc|shared|.*-?manager|.*-utils?|.*-helpers?)\.(ts|js|mjs|sh)$/

/** Findings fail the check; warnings are only shown. Each sentence begins with `path:line`. */
export function judgeFile({path, text}: TrackedFile, traces: Traces): Judged {
  const lines = text.split('\n')
  const name = path.split('/').at(-1) ?? path
  const findings = lines.flatMap((line, index) =>
    judgeLine(line, path, traces).map((fault) => `${path}:${index + 1}: ${fault}`),
  )
  if (vagueNames.test(name)) findings.push(`${path}:1: the name says nothing about what is inside`)
  const tooLong = path.startsWith('src/') && path.endsWith('.ts') && lines.length > longestSource
  return {findings, warnings: tooLong ? [`${path}:1: ${lines.length} lines; files rarely pass ${longestSource}`] : []}
}

function judgeLine(line: string, path: string, {hosts, paths}: Traces): readonly string[] {
  const faults = hosts.filter((host) => line.includes(host)).map((host) => `names a package registry's host (${host})`)
  faults.push(
    ...paths
      .filter((folder) => namesFolder(line, folder))
      .map((folder) => `names a folder of this machine (${folder})`),
  )
  if (isCode(path) && /\b(?:TODO|FIXME|XXX)\b/.test(line)) faults.push('leaves work for later: do it or open an issue')
  return faults
}

/** The folder itself or something below it, not another name that begins alike (`/optical` for `/opt`). */
function namesFolder(line: string, folder: string): boolean {
  for (let at = line.indexOf(folder); at !== -1; at = line.indexOf(folder, at + 1)) {
    const before = line[at - 1] ?? ' '
    const after = line[at + folder.length] ?? ' '
    if (!/[\w.\-/}]/.test(before) && !/[\w.-]/.test(after)) return true
  }
  return false
}

/** Files that hold work of ours; the check and its test speak of the marks they look for. */
function isCode(path: string): boolean {
  return /\.(ts|js|mjs|sh|go)$/.test(path) && !path.includes('hygiene')
}
