import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {documentOf, k8sLocal, mustExit, startCli, story} from './support/cli.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {tracesOf, volumesLeft, volumesOf} from './support/traces.ts'

const cluster = 'e2e-crash'
const create = [
  'create',
  cluster,
  '--workers',
  '1',
  '--network',
  'lan',
  '--verify',
  '--yes',
  '--json',
  '--progress',
  'ndjson',
]

describe('a create that is killed half way', () => {
  let home: Home
  beforeAll(() => void (home = makeHome()))
  afterAll(() => removeHome(home))

  test('keeps a second create of the same name out while it lives, and is finished by the same command once it is dead', async () => {
    const first = startCli(home, create)
    await first.until(
      'kind starts the control plane',
      (event) => event.type === 'step-note' && /starting control-plane/i.test(event.note),
      120,
    )

    const second = await mustExit(6, home, create)
    expect(documentOf<{error: {name: string}}>(second).error.name).toBe('cluster-busy')

    first.signal('SIGKILL', 'program')
    expect((await first.finished).exitCode).toBe(137)
    say(`killed the first create; left: ${(await tracesOf(cluster, home)).join(', ')}`)

    const again = await mustExit(0, home, create, {timeoutSeconds: 420})
    const {checks} = documentOf<{checks: readonly {status: string}[]}>(again)
    expect(checks.length, story(again)).toBeGreaterThan(0)
    expect(checks.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
  })

  test('can be deleted without a trace', async () => {
    const volumes = await volumesOf(cluster)
    await mustExit(0, home, ['delete', cluster, '--yes'])

    expect(await tracesOf(cluster, home)).toEqual([])
    expect(await volumesLeft(volumes)).toEqual([])
    expect((await k8sLocal(home, ['delete', cluster, '--yes'])).exitCode).toBe(2)
  })
})
