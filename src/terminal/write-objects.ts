import {Problem} from '../problem.ts'
import type {World} from './world-command.ts'

/** Writes a file, whole or not at all. One that is there and says something else is only replaced when somebody says so. @throws not-confirmed, file-unwritable */
export async function writeObjects(
  {file, text}: {readonly file: string; readonly text: string},
  {drivers, options, prompter}: Pick<World, 'drivers' | 'options' | 'prompter'>,
): Promise<void> {
  const there = await drivers.files.read(file)
  if (there === text) return
  const agreed =
    there === undefined ||
    options.yes ||
    (await prompter?.confirm({message: `${file} exists and says something else. Replace it`, default: false})) === true
  if (!agreed) {
    throw new Problem('not-confirmed', {
      message: `${file} exists and says something else`,
      suggestions: ['Replace it: the same command with --yes', 'Choose another file'],
    })
  }
  await drivers.files.write(file, text)
}
