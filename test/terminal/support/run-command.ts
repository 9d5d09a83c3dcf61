import {Config, Plugin} from '@oclif/core/config'
import {join} from 'node:path'
import type {BaseCommand} from '../../../src/terminal/base-command.ts'
import {type FakeSurroundings, makeSurroundings} from './surroundings.ts'

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  /** What `run` gave back. */
  readonly result: unknown
}

type CommandClass = (new (
  argv: string[],
  config: Config,
) => BaseCommand) &
  Pick<typeof BaseCommand, 'runIn'> & {id: string}

/** Runs one command in this process, as `argv` says, in surroundings of the test's making. */
export async function runCommand(
  Command: unknown,
  argv: readonly string[],
  options: Parameters<typeof makeSurroundings>[0] & {readonly id?: string; readonly fake?: FakeSurroundings} = {},
): Promise<Ran> {
  const command = Command as CommandClass
  if (options.id !== undefined) command.id = options.id
  const {surroundings, stdout, stderr, exitCode} = options.fake ?? makeSurroundings(options)
  const result = await command.runIn(surroundings, {argv, config: await makeConfig()})
  return {stdout: stdout.text(), stderr: stderr.text(), exitCode: exitCode(), result}
}

/** oclif's view of a program without commands: the test brings its own. */
async function makeConfig(): Promise<Config> {
  const root = join(import.meta.dirname, '../../..')
  const pjson = {name: 'k8s-local', version: '0.0.0', oclif: {bin: 'k8s-local', topicSeparator: ' '}} as const
  const plugin = new Plugin({root, isRoot: true, pjson, ignoreManifest: true})
  await plugin.load()
  return Config.load({root, pjson, plugins: new Map([[plugin.name, plugin]])})
}
