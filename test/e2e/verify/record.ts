import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {checks} from '../../../src/checks/index.ts'
import {say} from '../support/log.ts'
import type {Stage} from '../support/stage.ts'

/** `all`, or `faults` to leave out what is healthy. */
const recording = process.env.K8S_LOCAL_RECORD

/** With K8S_LOCAL_RECORD=all: what every check of the first two tiers sees of its first subject, as `healthy-thin` or `healthy-thick`. */
export async function recordHealthy(stage: Stage): Promise<void> {
  if (recording !== 'all') return
  for (const [check, {tier}] of Object.entries(checks))
    if (tier !== 'full') await record(stage, [check, `healthy-${stage.multus}`, 'Healthy.', 'first'])
}

/** With K8S_LOCAL_RECORD=all or =faults: what a check sees of a fault, named after the fault. */
export async function recordFault(
  stage: Stage,
  {title, check, subject}: {readonly title: string; readonly check: string; readonly subject: string},
): Promise<void> {
  if (recording === undefined) return
  const name = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${stage.multus}`
  await record(stage, [check, name, `Fault: ${title}.`, subject])
}

async function record({cluster, home}: Stage, words: readonly string[]): Promise<void> {
  const argv = ['--import', 'tsx', 'test/support/record-evidence.ts', cluster, ...words]
  const env = {...process.env, ...home.env}
  const done = await promisify(execFile)(process.execPath, argv, {env, timeout: 180_000}).catch((error: unknown) => ({
    stdout: `not recorded: ${
      String(error)
        .split('\n')
        .find((line) => line.includes('Error')) ?? ''
    }`,
  }))
  say(`record ${words[0]}: ${done.stdout.trim().slice(0, 200)}`)
}
