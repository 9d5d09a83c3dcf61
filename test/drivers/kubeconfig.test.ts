import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {hostname} from 'node:os'
import {dirname, join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {mergeEntries, removeEntries} from '../../src/drivers/kubeconfig/edit-text.ts'
import {readEntries} from '../../src/drivers/kubeconfig/entries.ts'
import {withFileLock} from '../../src/drivers/kubeconfig/file-lock.ts'
import {createKubeconfigDriver} from '../../src/drivers/kubeconfig.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {parseYaml} from '../../src/yaml.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const scratch = scratchFolder()
const kubeconfig = createKubeconfigDriver()
let count = 0

/** As `kind get kubeconfig` writes it. */
function privateConfig(cluster: string, server = 'https://127.0.0.1:40001'): string {
  const name = `kind-${cluster}`
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{cluster: {'certificate-authority-data': 'Q0E=', server}, name}],
    contexts: [{context: {cluster: name, user: name}, name}],
    'current-context': name,
    users: [{name, user: {'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ'}}],
  })
}

function setUp(text?: string, server?: string) {
  const folder = join(scratch, String((count += 1)))
  mkdirSync(folder)
  const file = join(folder, 'config')
  const from = join(folder, 'private')
  if (text !== undefined) writeFileSync(file, text, {mode: 0o600})
  writeFileSync(from, privateConfig('lab', server))
  return {
    folder,
    file,
    merge: () => kubeconfig.merge({file, from, cluster: 'lab'}),
    remove: () => kubeconfig.remove({file, cluster: 'lab'}),
    text: () => readFileSync(file, 'utf8'),
    value: () => valueOf(readFileSync(file, 'utf8')),
  }
}

interface Config {
  readonly clusters?: readonly {readonly name: string; readonly cluster: unknown}[] | null
  readonly users?: readonly {readonly name: string}[] | null
  readonly contexts?: readonly {readonly name: string}[] | null
  readonly 'current-context'?: string
}

function valueOf(text: string): Config {
  const parsed = parseYaml(text)
  if ('fault' in parsed) throw new Error(parsed.fault.message)
  return parsed.value as Config
}

const mine = `# all my clusters
apiVersion: v1
clusters:
# the important one
- cluster:
    certificate-authority-data: QUFB
    server: https://prod:6443   # do not touch
  name: prod

-   name: "other"
    cluster: {server: 'https://x', extensions: [{name: a, extension: {b: 1}}]}
contexts:
  - context:
      cluster: prod
      user: prod
    name: prod
current-context: prod # now
kind: Config
preferences: {}
users:
- name: prod
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args: [get-token, --cluster, "prod"]
      command: aws
`

describe('merging', () => {
  test('adds our three entries, makes the context current, and leaves every other line as it was', async () => {
    const {merge, text, value} = setUp(mine)

    expect(await merge()).toBe(false)

    const before = mine.split('\n')
    const after = text().split('\n')
    expect(before.filter((line) => !after.includes(line))).toEqual(['current-context: prod # now'])
    expect(after).toContain('current-context: kind-lab # now')
    expect(value().clusters?.map(({name}) => name)).toEqual(['prod', 'other', 'kind-lab'])
    expect(value().contexts?.at(-1)).toEqual({context: {cluster: 'kind-lab', user: 'kind-lab'}, name: 'kind-lab'})
    expect(value()['current-context']).toBe('kind-lab')
  })

  test('a second time changes nothing, not even the file’s time', async () => {
    const {merge, file} = setUp(mine)
    await merge()
    const seen = statSync(file).mtimeMs

    expect(await merge()).toBe(true)
    expect(statSync(file).mtimeMs).toBe(seen)
  })

  test('replaces entries of an earlier cluster of the name where they stand', async () => {
    const {merge, value} = setUp(
      privateConfig('lab', 'https://127.0.0.1:1').replace(
        'clusters:\n',
        'clusters:\n  - {name: z, cluster: {server: "https://z"}}\n',
      ),
    )

    expect(await merge()).toBe(false)
    expect(value().clusters?.map(({name}) => name)).toEqual(['z', 'kind-lab'])
    expect(value().clusters?.[1]?.cluster).toMatchObject({server: 'https://127.0.0.1:40001'})
  })

  test('writes a file that was not there, with its folder, for its owner only', async () => {
    const {folder} = setUp()
    const file = join(folder, '.kube', 'config')

    expect(await kubeconfig.merge({file, from: join(folder, 'private'), cluster: 'lab'})).toBe(false)

    expect(valueOf(readFileSync(file, 'utf8'))).toEqual(valueOf(privateConfig('lab')))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(file))).toEqual(['config'])
  })

  test.each([
    ['nothing', ''],
    ['only a comment', '# later\n'],
    [
      'empty lists, as kubectl leaves them',
      'apiVersion: v1\nclusters: null\ncontexts: []\ncurrent-context: ""\nkind: Config\nusers:\n',
    ],
    ['no newline at its end', 'apiVersion: v1\nkind: Config\npreferences: {}'],
    [
      'JSON',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{name: 'a', cluster: {server: 'https://a'}}],
        users: null,
      }),
    ],
    ['flow style', 'apiVersion: v1\nclusters: [{name: a, cluster: {server: https://a}}]\nusers: []\n'],
    [
      'anchors',
      'apiVersion: v1\nclusters:\n- &a\n  name: a\n  cluster: &c {server: https://a}\n- name: b\n  cluster: *c\n',
    ],
    [
      'Windows line ends',
      'apiVersion: v1\r\nclusters:\r\n- name: a\r\n  cluster:\r\n    server: https://a\r\nusers: []\r\n',
    ],
    [
      'a block scalar at the end of an item',
      'clusters:\n- name: a\n  cluster:\n    server: https://a\n    note: |\n      two\n      lines\nusers: []\n',
    ],
  ])('works on a file with %s, and can be undone', async (_what, text) => {
    const {merge, remove, value} = setUp(text)
    const before = valueOf(text === '' ? '{}' : text)

    await merge()
    expect(value()['current-context']).toBe('kind-lab')
    expect(value().users?.at(-1)?.name).toBe('kind-lab')

    await remove()
    const names = (config: Config) => (config?.clusters ?? []).map(({name}) => name)
    expect(names(value())).toEqual(names(before))
    expect(value().clusters ?? []).toEqual(before?.clusters ?? [])
  })

  test('keeps JSON as JSON', async () => {
    const {merge, text} = setUp(JSON.stringify({kind: 'Config', clusters: []}))
    await merge()

    expect(JSON.parse(text())).toMatchObject({'current-context': 'kind-lab'})
  })

  test('follows a link and keeps it, and keeps the mode', async () => {
    const {folder, file, merge} = setUp()
    writeFileSync(join(folder, 'real'), mine, {mode: 0o640})
    chmodSync(join(folder, 'real'), 0o640)
    symlinkSync('real', file)

    await merge()

    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real'), 'utf8')).toContain('kind-lab')
    expect(statSync(file).mode & 0o777).toBe(0o640)
  })
})

describe('removing', () => {
  test('takes only ours, unsets a current context of ours, and gives back the text before the merge but for that', async () => {
    const {merge, remove, text} = setUp(mine)
    await merge()

    expect(await remove()).toBe(false)
    expect(text()).toBe(mine.replace('current-context: prod # now', 'current-context: "" # now'))
  })

  test('leaves a current context alone that is not ours', async () => {
    const {merge, remove, text, file} = setUp(mine)
    await merge()
    writeFileSync(file, text().replace('current-context: kind-lab', 'current-context: prod'))

    await remove()

    expect(text()).toBe(mine)
  })

  test('of what is not there changes nothing and makes no file', async () => {
    const {remove, file} = setUp()
    expect(await remove()).toBe(true)
    expect(existsSync(file)).toBe(false)

    const other = setUp(mine)
    expect(await other.remove()).toBe(true)
    expect(other.text()).toBe(mine)
  })
})

describe('entries of others', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9][\w.@:/-]{0,20}$/)
  const blank = fc.constantFrom('', '\n', '# a note\n', '  # indented note\n')
  const item = fc.record({
    name,
    server: fc.webUrl(),
    quoted: fc.boolean(),
    indent: fc.constantFrom('', '  '),
    before: blank,
  })

  const render = (
    list: string,
    items: readonly {
      readonly name: string
      readonly server: string
      readonly quoted: boolean
      readonly before: string
    }[],
    indent: string,
  ): string =>
    items.length === 0
      ? `${list}: []\n`
      : `${list}:\n${items.map((one) => `${one.before}${indent}- name: ${JSON.stringify(`x-${one.name}`)}\n${indent}  ${list.slice(0, -1)}:\n${indent}    server: ${one.quoted ? `'${one.server.replaceAll("'", "''")}'` : JSON.stringify(one.server)} # mine\n`).join('')}`

  test('survive a merge and a removal byte for byte', () => {
    const lists = fc.shuffledSubarray(['clusters', 'users', 'contexts'], {minLength: 3})
    const entries = readEntries(privateConfig('lab'), {file: 'private', name: 'kind-lab'})
    fc.assert(
      fc.property(
        fc.array(item, {maxLength: 4}),
        fc.array(item, {maxLength: 3}),
        fc.constantFrom('', '  '),
        lists,
        (clusters, users, indent, order) => {
          const parts: Record<string, string> = {
            clusters: render('clusters', clusters, indent),
            users: render('users', users, indent),
            contexts: render('contexts', [], indent),
          }
          const text = `apiVersion: v1\n${order.map((list) => parts[list]).join('')}kind: Config\ncurrent-context: "x"\n`

          const merged = mergeEntries(text, {file: 'config', entries})
          const lines = merged.split('\n')
          for (const line of text.split('\n').filter((one) => /# mine|- name|#.*note/.test(one)))
            expect(lines).toContain(line)
          expect(valueOf(merged).clusters).toHaveLength(clusters.length + 1)

          const removed = removeEntries(merged, {file: 'config', name: 'kind-lab'})
          expect(removed).toBe(text.replace('current-context: "x"', 'current-context: ""'))
        },
      ),
    )
  })
})

describe('a file that cannot be worked on', () => {
  test.each([
    ['no YAML', 'clusters: [\n', 'line'],
    ['a list', '- a\n', 'not a map'],
    ['two documents', 'a: 1\n---\nb: 2\n', ''],
    ['clusters that are no list', 'clusters: {a: 1}\n', 'clusters is not a list'],
  ])('%s is refused and stays as it is', async (_what, text, cause) => {
    const {merge, remove, text: now, folder} = setUp(text)

    for (const work of [merge, remove]) {
      const problem = await problemOf(work())
      expect(problem.name).toBe('kubeconfig-unreadable')
      expect(problem.cause).toContain(cause)
    }
    expect(now()).toBe(text)
    expect(readdirSync(folder).toSorted()).toEqual(['config', 'private'])
  })

  test('a folder that is none is unwritable', async () => {
    const {folder} = setUp(mine)
    const file = join(folder, 'config', 'below')

    expect((await problemOf(kubeconfig.merge({file, from: join(folder, 'private'), cluster: 'lab'}))).name).toBe(
      'kubeconfig-unwritable',
    )
  })
})

describe('the lock beside the file', () => {
  test('is waited for while another program holds it, and gone afterwards', async () => {
    const {file, folder, merge} = setUp(mine)
    writeFileSync(`${file}.lock`, '', {mode: 0})
    setTimeout(() => rmSync(`${file}.lock`), 150)

    expect(await merge()).toBe(false)
    expect(readdirSync(folder).toSorted()).toEqual(['config', 'private'])
  })

  test('that does not go is a Problem that names it', async () => {
    const {file} = setUp(mine)
    writeFileSync(`${file}.lock`, '')
    const problem = await problemOf(withFileLock(file, () => Promise.resolve(), 100))

    expect(problem.name).toBe('kubeconfig-unwritable')
    expect(problem.suggestions.join()).toContain(`rm ${file}.lock`)
    expect(existsSync(`${file}.lock`)).toBe(true)
  })

  test('of a run of ours that was killed is taken over', async () => {
    const {file, merge} = setUp(mine)
    writeFileSync(`${file}.lock`, JSON.stringify({pid: 4_194_000, host: hostname(), started: '1'}))

    expect(await merge()).toBe(false)
  })

  test('lets eight merges at once all happen', async () => {
    const {file, folder} = setUp(mine)
    const clusters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const cluster of clusters) writeFileSync(join(folder, cluster), privateConfig(cluster))

    await Promise.all(clusters.map((cluster) => kubeconfig.merge({file, from: join(folder, cluster), cluster})))

    expect(
      valueOf(readFileSync(file, 'utf8'))
        .users?.map(({name}) => name)
        .toSorted(),
    ).toEqual([...clusters.map((cluster) => `kind-${cluster}`), 'prod'])
  })
})
