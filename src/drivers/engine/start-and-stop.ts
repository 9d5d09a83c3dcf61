import {parseAnswer} from './parse-answer.ts'
import {type Docker, engineFailed} from './run-docker.ts'
import {thawContainers} from './thaw.ts'
import {member, text} from '../untyped.ts'

/** Starts containers, one after another; those that run are fine. */
export async function startContainers(docker: Docker, names: readonly string[], signal?: AbortSignal): Promise<void> {
  if (names.length === 0) return
  await docker.must(`start ${names.join(', ')}`, ['start', ...names], signal ? {signal} : {})
}

/** Stops containers, all at once; those that stand still are fine. */
export async function stopContainers(docker: Docker, names: readonly string[], signal?: AbortSignal): Promise<void> {
  if (names.length === 0) return
  const options = signal ? {signal} : {}
  const words = ['stop', ...names]
  const first = await docker.run(words, options)
  const finished = (await thawedAfter(first.stderr, {docker, names})) ? await docker.run(words, options) : first
  if (finished.exitCode !== 0) throw engineFailed(`stop ${names.join(', ')}`, words, finished)
}

/** Whether the engine failed to kill containers because something in them was frozen (see thaw), and that is over now. */
async function thawedAfter(
  stderr: string,
  {docker, names}: {readonly docker: Docker; readonly names: readonly string[]},
): Promise<boolean> {
  if (!/did not receive an exit event|could not kill/i.test(stderr)) return false
  const {stdout} = await docker.run(['container', 'inspect', ...names])
  const found = parseAnswer('its containers', stdout)
  return await thawContainers((Array.isArray(found) ? found : []).map((one) => text(member(one, 'Id'))))
}
