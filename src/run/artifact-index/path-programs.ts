import type {Drivers} from '../../drivers/ports.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {compareVersions} from '../../spec/versions.ts'

/** The oldest releases that behave as we need: kind's node images and `-v3` output; helm's server-side defaults. */
const oldest = {kind: '0.32', helm: '3.17'} as const

/** kind and helm, where a release that is new enough lies on PATH. */
export async function pathPrograms({
  host,
  kind,
  process,
}: Pick<Drivers, 'host' | 'kind' | 'process'>): Promise<readonly Artifact[]> {
  const helmVersion = async (program: string) => {
    const {exitCode, stdout} = await process.run([program, 'version', '--template', '{{.Version}}'], {
      timeoutSeconds: 10,
    })
    return exitCode === 0 ? stdout.trim() : undefined
  }
  const {os, arch} = host.platform()
  const look = async (
    name: keyof typeof oldest,
    versionOf: (program: string) => Promise<string | undefined>,
  ): Promise<readonly Artifact[]> => {
    const file = await host.which(name)
    const version = file && (await versionOf(file).catch(() => undefined))
    if (!file || !version || compareVersions(version, oldest[name]) < 0) return []
    return [{name, type: 'program', version, platform: `${os}/${arch}`, origin: {kind: 'path', file}}]
  }
  return (await Promise.all([look('kind', (program) => kind.version(program)), look('helm', helmVersion)])).flat()
}
