import type {Hook} from '@oclif/core/hooks'
import {unknownCommand} from '../terminal/unknown-command.ts'

/** Names the nearest command; cli.ts prints it, as JSON where asked, and leaves exit code 2. */
const hook: Hook.CommandNotFound = async ({id, argv = [], config}) => {
  throw unknownCommand([...id.split(':'), ...argv.filter((word) => !word.startsWith('-'))].join(' '), config.commandIDs)
}

export default hook
