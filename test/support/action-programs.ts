import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** What the stand-in for k8s-local does, command by command: lines of bash. */
export type FakeCommands = Readonly<Partial<Record<'list' | 'create' | 'verify' | 'delete', string>>>

export interface ActionPrograms {
  /** Empty, for the job. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Every call of npm and k8s-local, in order: the words, in square brackets, and after those of create the variables of k8s-local. */
  calls(): readonly string[]
  remove(): void
}

const well: FakeCommands = {
  list: `echo '{"clusters": []}'`,
  create: 'echo created',
  verify: 'echo proven',
  delete: 'echo deleted',
}

/** An npm on PATH that installs, instead of a package, a k8s-local that does what the test says. */
export function actionPrograms(commands: FakeCommands = {}): ActionPrograms {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-local-action-'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const calls = join(folder, 'calls')
  writeFileSync(calls, '')
  const cases = Object.entries({...well, ...commands}).map(([name, does]) => `${name})\n${does}\n;;`)
  const program = (name: string, text: string): string => {
    const path = join(bin, name)
    writeFileSync(path, `#!/usr/bin/env bash\n${text}\n`)
    chmodSync(path, 0o755)
    return path
  }
  const note = (name: string): string => `printf '${name}' >>'${calls}'; printf ' [%s]' "$@" >>'${calls}'`
  const variables = `[ "$1" != create ] || env | grep '^K8S_LOCAL_.*=.' | sort | tr '\\n' ' ' | sed 's/^/ with /' >>'${calls}'`
  const fake = program(
    'fake-k8s-local',
    [
      note('k8s-local'),
      variables,
      `echo >>'${calls}'`,
      `case "$1" in`,
      ...cases,
      '--version) echo k8s-local/9.9.9;;',
      'esac',
    ].join('\n'),
  )
  program(
    'npm',
    [
      note('npm'),
      `echo >>'${calls}'`,
      'while [ $# -gt 0 ]; do if [ "$1" = --prefix ]; then install -D ' +
        `'${fake}' "$2/bin/k8s-local"; fi; shift; done`,
    ].join('\n'),
  )
  const {K8S_LOCAL_BUNDLE: _bundle, ...env} = process.env
  return {
    folder: join(folder, 'job'),
    env: {...env, PATH: `${bin}:${process.env['PATH']}`},
    calls: () =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}
