import {basename, join} from 'node:path'
import {Config, Plugin} from '@oclif/core/config'
import {settings} from '@oclif/core/settings'
import {normalizeArgv} from '@oclif/core/help'
import pjson from '../package.json' with {type: 'json'}
import {Help} from './terminal/help.ts'

/**
 * Runs one command line (without `node` and the program) and resolves when it is done; the exit code is left in process.exitCode.
 * Never rejects: whatever goes wrong is printed, as one JSON document where `--json` was asked for.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // Without this a user's NODE_ENV=development makes oclif look for TypeScript and warn (facts: @oclif/core 4.14, config/ts-path).
  settings.enableAutoTranspile = false
  try {
    await dispatch(argv, await loadConfig())
  } catch (error) {
    const {reportCrash} = await import('./terminal/crash.ts')
    reportCrash(error, argv)
  }
}

/** What oclif knows of us: commands and hooks lie beside this file, in the sources as in the bundle. */
export async function loadConfig(): Promise<Config> {
  process.env.OCLIF_DISABLE_ENGINE_WARNING = '1'
  const root = join(import.meta.dirname, '..')
  const folder = basename(import.meta.dirname)
  if (folder !== 'src') return Config.load({root, pjson: describe(folder, 'js')})
  // The manifest at the root is that of the last build: here the sources say what there is.
  const plugin = new Plugin({
    root,
    isRoot: true,
    pjson: describe(folder, 'ts'),
    ignoreManifest: true,
    errorOnManifestCreate: true,
  })
  await plugin.load()
  return Config.load({root, pjson: plugin.pjson, plugins: new Map([[plugin.name, plugin]])})
}

function describe(
  folder: string,
  extension: 'js' | 'ts',
): NonNullable<ConstructorParameters<typeof Config>[0]['pjson']> {
  const {name, version, description, oclif} = pjson
  const hooks = {command_not_found: `./${folder}/hooks/command-not-found.${extension}`}
  return {
    name,
    version,
    description,
    oclif: {...oclif, topicSeparator: ' ', commands: `./${folder}/commands`, hooks},
  }
}

async function dispatch(argv: readonly string[], config: Config): Promise<void> {
  if (argv[0] === '--version' || argv[0] === '-v') return void process.stdout.write(`${config.userAgent}\n`)
  const wantsHelp =
    argv.length === 0 ||
    argv[0] === 'help' ||
    argv.slice(0, endOfFlags(argv)).some((word) => word === '--help' || word === '-h')
  const [id = '', ...rest] = normalizeArgv(
    config,
    argv.filter((word) => !wantsHelp || !['help', '--help', '-h'].includes(word)),
  )
  if (wantsHelp || (config.findTopic(id) && !config.findCommand(id))) return showHelp([id], config)
  await config.runCommand(id, rest)
}

async function showHelp(words: readonly string[], config: Config): Promise<void> {
  await new Help(config).showHelp(words.filter((word) => word !== ''))
}

function endOfFlags(argv: readonly string[]): number {
  const end = argv.indexOf('--')
  return end === -1 ? argv.length : end
}
