import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** What a fake program answers. The first rule that fits and is not used up counts. */
export interface FakeRule {
  readonly program: 'docker' | 'kind' | 'helm'
  /** How the words after the program's name begin, joined by spaces. */
  readonly when: string
  readonly stdout?: string
  readonly stderr?: string
  readonly exitCode?: number
  /** Said before the rest, each after a pause in milliseconds. */
  readonly say?: readonly {readonly text: string; readonly stream?: 'stdout' | 'stderr'; readonly after?: number}[]
  /** How long it goes on after it has said everything. */
  readonly seconds?: number
  readonly ignoreSigterm?: boolean
  /** How often it may be used; then the next rule that fits counts. */
  readonly times?: number
  /** Reads its whole input, which is noted with the call, without newlines at its end. */
  readonly readStdin?: boolean
  /** Names of variables whose values are noted with the call. */
  readonly showEnv?: readonly string[]
}

export interface FakeCall {
  readonly program: string
  readonly argv: readonly string[]
  readonly stdin?: string
  readonly env: Readonly<Record<string, string>>
}

/** A container as `docker container inspect` shows it, as far as the simulation needs it. */
export function fakeContainer(
  name: string,
  options: {
    readonly state?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly networks?: Readonly<Record<string, string>>
  } = {},
) {
  const networks = Object.entries(options.networks ?? {}).map(([network, ip]) => [
    network,
    {IPAddress: ip, MacAddress: '02:42:ac:12:00:02', IPAMConfig: null},
  ])
  return {
    Id: `id-of-${name}`,
    Name: `/${name}`,
    State: {Status: options.state ?? 'running'},
    Config: {Labels: options.labels ?? {}},
    NetworkSettings: {Networks: Object.fromEntries(networks) as Record<string, unknown>},
  }
}

/** What the simulated docker holds at the start. */
export interface FakeEngineState {
  readonly containers?: readonly ReturnType<typeof fakeContainer>[]
  readonly networks?: readonly unknown[]
  readonly images?: Readonly<Record<string, string>>
  /** Members of `docker info` that differ. */
  readonly info?: Readonly<Record<string, unknown>>
  /** API version, as `docker version` shows it for the client. */
  readonly api?: string
}

export interface FakePrograms {
  /** An environment in which the fakes come first on PATH. */
  readonly environment: NodeJS.ProcessEnv
  /** A folder of its own; removed by `remove`. */
  readonly folder: string
  calls(): readonly FakeCall[]
  /** The words of every call, joined. */
  lines(): readonly string[]
  remove(): void
}

/** Puts docker, kind and helm of ours on a PATH. */
export function fakePrograms(rules: readonly FakeRule[] = [], state: FakeEngineState = {}): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-local-fakes-'))
  const callsFile = join(folder, 'calls')
  writeFileSync(join(folder, 'scenario.sh'), rules.map(toShell).join('\n'))
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state))
  writeFileSync(callsFile, '')
  const path = ['docker', 'kind', 'helm'].map((name) => join(import.meta.dirname, `fake-${name}`))
  const calls = (): readonly FakeCall[] => readFileSync(callsFile, 'utf8').split('\x1e').slice(0, -1).map(toCall)
  return {
    folder,
    environment: {
      ...process.env,
      PATH: [...path, process.env['PATH']].join(':'),
      FAKE_FOLDER: folder,
      FAKE_STATE: join(folder, 'state.json'),
    },
    calls,
    lines: () => calls().map(({program, argv}) => [program, ...argv].join(' ')),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}

function toShell(rule: FakeRule, index: number): string {
  const {program, when, say = [], stdout = '', stderr = '', seconds = 0, exitCode = 0, showEnv = []} = rule
  const print = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): string =>
    text === '' ? ':' : `printf %s ${quote(text)}${stream === 'stderr' ? ' >&2' : ''}`
  const fields = [
    ...(rule.readStdin ? ['noted="stdin=$(cat)$us"'] : []),
    ...showEnv.map((name) => `noted="\${noted}${name}=$${name}$us"`),
  ]
  return [
    `case "$program $*" in ${quote(`${program} ${when}`)}*)`,
    ...(rule.times === undefined ? [] : [`if left ${index} ${rule.times}; then`]),
    ...(rule.ignoreSigterm ? ["trap '' TERM"] : []),
    ...fields,
    'note "$@"',
    ...say.flatMap(({text, stream, after = 0}) => [`sleep ${after / 1000}`, print(text, stream)]),
    print(stdout),
    print(stderr, 'stderr'),
    `sleep ${seconds}`,
    `exit ${exitCode}`,
    ...(rule.times === undefined ? [] : ['fi']),
    ';; esac',
  ]
    .filter((line) => line !== 'sleep 0' && line !== ':')
    .join('\n')
}

/** Fields `name=value` come before the program's name, which has no equals sign. */
function toCall(record: string): FakeCall {
  const words = record.split('\x1f').slice(0, -1)
  const at = words.findIndex((word) => ['docker', 'kind', 'helm'].includes(word))
  const fields = Object.fromEntries(
    words.slice(0, at).map((field) => field.split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
  const {stdin, ...env} = fields
  return {program: words[at] ?? '', argv: words.slice(at + 1), env, ...(stdin === undefined ? {} : {stdin})}
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
