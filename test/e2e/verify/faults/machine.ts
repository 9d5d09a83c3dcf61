import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {program} from '../../support/program.ts'
import {dockerThatSays} from '../../support/stand-in-docker.ts'
import type {Fault} from './fault.ts'

const nothing = (): Promise<void> => Promise.resolve()

/** The machine's own engine and limits serve others too: only the program under test is shown worse ones. */
export const machineFaults: readonly Fault[] = [
  {
    title: 'the container engine is older than any that works',
    fails: {'engine-answers': /Docker 19\.03\.15 is older than 20\.10/},
    runAs: ({home}) => ({env: {PATH: dockerThatSays(home, 'ServerVersion', '19.03.15')}}),
    inject: nothing,
    heal: nothing,
  },
  {
    title: 'the machine allows few inotify instances',
    ...(process.getuid?.() !== 0 && {impossible: 'a mount namespace of its own needs root'}),
    fails: {'inotify-limits': /fs\.inotify\.max_user_instances is 64, below 512/},
    runAs: ({home: {directory}}) => {
      const [limit, wrapper] = [join(directory, 'max_user_instances'), join(directory, 'few-inotify-instances.mjs')]
      writeFileSync(limit, '64\n')
      writeFileSync(wrapper, withMounted(limit, '/proc/sys/fs/inotify/max_user_instances'))
      return {program: wrapper}
    },
    inject: nothing,
    heal: nothing,
  },
]

/** A program that is the one under test in a mount namespace of its own, where `file` lies over `over`. */
function withMounted(file: string, over: string): string {
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"'
  const argv = ['--mount', 'sh', '-c', script, file, over, process.execPath, program]
  return `import {spawnSync} from 'node:child_process'
const {status} = spawnSync('unshare', [...${JSON.stringify(argv)}, ...process.argv.slice(2)], {stdio: 'inherit'})
process.exit(status ?? 1)
`
}
