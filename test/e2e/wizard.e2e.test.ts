import {readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {documentOf, mustExit, story} from './support/cli.ts'
import {kubectl} from './support/cluster.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {program} from './support/program.ts'
import {openTerminal, type Terminal} from './support/terminal.ts'
import {tracesOf} from './support/traces.ts'

const cluster = 'e2e-wizard'

describe('create by its wizard', () => {
  let home: Home
  /** The command that the wizard says is the same, without program and `create`. */
  let words: readonly string[]
  beforeAll(() => void (home = makeHome()))
  afterAll(() => removeHome(home))

  test('shows the plan that the command line it prints would show', async () => {
    const terminal = openTerminal(home, `${process.execPath} ${program} create ${cluster} --dry-run; echo "exit=$?"`)
    words = await answer(terminal, 'Show the plan', 'y')
    const screen = await terminal.shows(/exit=\d+/, 30)
    terminal.close()

    expect(words).toEqual(['create', cluster, '--workers', '1', '--multus', 'thick', '--network', 'lan', '--yes'])
    const {stdout} = await mustExit(0, home, [...words, '--dry-run'])
    const shown = linesOf(screen).filter((line) => !line.startsWith('Pane is dead'))
    expect(shown.slice(shown.findIndex((line) => line.startsWith('Create the cluster')))).toEqual([
      ...linesOf(stdout),
      'exit=0',
    ])
  })

  test('saves a file that gives the same plan', async () => {
    const file = join(home.directory, 'k8s-local.yaml')
    say(readFileSync(file, 'utf8'))

    const byFile = await mustExit(0, home, ['create', '--yes', '--dry-run', '--json'])
    rmSync(file)
    const byFlags = await mustExit(0, home, [...words, '--dry-run', '--json'])
    expect(withoutRunId(byFile.stdout)).toBe(withoutRunId(byFlags.stdout))
  })

  test('makes the cluster', async () => {
    const terminal = openTerminal(home, `${process.execPath} ${program} create ${cluster}; echo "exit=$?"`)
    await answer(terminal, 'Create it', 'n')
    const screen = await terminal.shows(/exit=\d+/, 400)
    terminal.close()

    say(screen)
    expect(screen).toContain('exit=0')
  })

  test('makes the same cluster as the command line: it finds all as asked', async () => {
    const again = await mustExit(0, home, [...words, '--json'], {timeoutSeconds: 120})

    expect(documentOf<{status: string}>(again).status, story(again)).toBe('already')
    const record = JSON.parse(
      await kubectl(cluster, ['-n', 'kube-public', 'get', 'configmap', 'k8s-local', '-o', 'jsonpath={.data.record}']),
    ) as Record<string, unknown>
    say(JSON.stringify(record))
    expect(record).toMatchObject({
      name: cluster,
      workers: 1,
      controlPlanes: 1,
      cni: 'cilium',
      multus: 'thick',
      networks: [{name: 'lan'}],
    })
  })

  test('can be deleted by typing its name', async () => {
    const terminal = openTerminal(home, `${process.execPath} ${program} delete ${cluster}; echo "exit=$?"`)
    await terminal.shows(/\?.*name/i)
    terminal.type(cluster)
    terminal.press('Enter')
    const screen = await terminal.shows(/exit=\d+/, 60)
    terminal.close()

    expect(screen).toContain('exit=0')
    expect(await tracesOf(cluster, home)).toEqual([])
  })
})

/** One worker, Cilium, Multus thick, one extra network `lan`, all else as proposed. Returns the words of the equal command line. */
async function answer(terminal: Terminal, go: string, save: 'y' | 'n'): Promise<readonly string[]> {
  const answers: readonly (readonly [question: RegExp, text: string, ...keys: string[]])[] = [
    [/How many worker nodes/, '1', 'Enter'],
    [/Which CNI/, '', 'Enter'],
    [/How to run Multus/, '', 'Down', 'Enter'],
    [/Extra networks/, '1', 'Enter'],
    [/Name of network 1/, 'lan', 'Enter'],
    [/Subnet of lan/, '', 'Enter'],
    [/A macvlan network for pods/, '', 'Enter'],
    [/Prove now that it works/, '', 'Enter'],
  ]
  for (const [question, text, ...keys] of answers) {
    await terminal.shows(question)
    terminal.type(text)
    terminal.press(...keys)
  }
  const summary = await terminal.shows(/All right\?/)
  const line = /The same without questions:\n\s*k8s-local (.*)/.exec(summary)?.[1] ?? ''
  expect(summary).toContain(go)
  terminal.press('Enter')
  await terminal.shows(/Save these answers/)
  terminal.type(save)
  terminal.press('Enter')
  return line.split(/\s+/)
}

/** Every run of verify has an id of its own, chosen anew; one of digits alone stands in quotes in YAML. */
function withoutRunId(text: string): string {
  const [, id = 'none'] = /k8s-local-verify-([0-9a-f]{6})/.exec(text) ?? []
  return text.replaceAll(`"${id}"`, id).replaceAll(id, 'RUN-ID')
}

function linesOf(text: string): readonly string[] {
  return withoutRunId(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}
