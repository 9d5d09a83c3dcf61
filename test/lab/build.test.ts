import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {type ToyLab, toyLab} from './lab-run.ts'

let lab: ToyLab
beforeEach(() => {
  lab = toyLab()
})
afterEach(() => lab.remove())

/** A recipe that counts its builds and writes its own name, and what its needs wrote, to the file `text`. */
function counting(name: string, needs: readonly string[] = [], extra = ''): string {
  const reads = needs.map((need) => `cat "$(need ${need})/text"; `).join('')
  return `needs=(${needs.join(' ')})\n${extra}\nbuild() { echo ${name} >>"$TOY/counts"; { ${reads}echo ${name}; } >"$out/text"; }\n`
}

const stored = (): readonly string[] =>
  readdirSync(join(lab.cache, 'store')).map((name) => name.replace(/-[0-9a-f]+$/, ''))

describe('what is built', () => {
  test('a named artifact comes with what it needs and nothing else', async () => {
    lab.recipe('low', counting('low'))
    lab.recipe('high', counting('high', ['low']))
    lab.recipe('other', counting('other'))
    expect(await lab.start('high').ended).toMatchObject({status: 0, stdout: `${lab.cache}/bundle\n`})
    expect(stored()).toEqual(['high', 'low'])
  })

  test('a second run builds nothing', async () => {
    lab.recipe('one', counting('one'))
    await lab.start().ended
    const second = await lab.start().ended
    expect(second).toMatchObject({status: 0, stdout: `${lab.cache}/bundle\n`})
    expect(second.stderr).toContain('0 built, 1 cached')
    expect(lab.counted('one')).toBe(1)
  })

  test('a changed recipe is built again with all that depends on it, and its neighbours are not', async () => {
    lab.recipe('low', counting('low'))
    lab.recipe('high', counting('high', ['low']))
    lab.recipe('other', counting('other'))
    await lab.start().ended
    lab.recipe('low', `${counting('low')}# changed\nchanged=yes\n`)
    await lab.start().ended
    expect(['low', 'high', 'other'].map(lab.counted)).toEqual([2, 2, 1])
  })

  test('another comment, cost or tool in a recipe builds nothing again', async () => {
    lab.recipe('one', `# as it was\nseconds=5\n${counting('one')}`)
    await lab.start().ended
    lab.recipe('one', `# said better\n# on two lines\nseconds=7\nrequires=(bash)\n${counting('one')}`)
    await lab.start().ended
    expect(lab.counted('one')).toBe(1)
  })

  test('before it starts it says what is missing, how long that takes and how much disk', async () => {
    lab.recipe('one', counting('one', [], 'seconds=90 megabytes=2500'))
    lab.recipe('two', counting('two', [], 'seconds=100 megabytes=100'))
    const {stderr} = await lab.start().ended
    expect(stderr).toContain('missing: one two')
    expect(stderr).toContain('about 4 minutes')
    expect(stderr).toContain('3 GB of disk')
  })

  test('with one job at a time the longest chain goes first', async () => {
    lab.recipe('a-short', counting('a-short', [], 'seconds=50'))
    lab.recipe('b-start', counting('b-start', [], 'seconds=10'))
    lab.recipe('c-end', counting('c-end', ['b-start'], 'seconds=60'))
    await lab.startWithOneJob().ended
    expect(readFileSync(join(lab.folder, 'counts'), 'utf8')).toBe('b-start\nc-end\na-short\n')
  })
})

describe('the bundle', () => {
  const image = 'bundle=(tool image v1 image.tar images/tool.tar example.test/tool:v1)'

  test('lists each artifact that exists, with the digest and size of its file', async () => {
    lab.recipe('tool', `${image}\nbuild() { echo bytes >"$out/image.tar"; echo sha256:abc >"$out/image-id"; }\n`)
    lab.recipe('broken', 'bundle=(broken program v2 broken programs/broken)\nbuild() { false; }\n')
    await lab.start().ended
    const file = join(lab.cache, 'bundle/images/tool.tar')
    expect(parse(readFileSync(join(lab.cache, 'bundle/bundle.yaml'), 'utf8'))).toEqual({
      apiVersion: 'k8s-local/v1',
      kind: 'Bundle',
      platform: 'linux/amd64',
      artifacts: [
        {
          name: 'tool',
          type: 'image',
          version: 'v1',
          reference: 'example.test/tool:v1',
          imageId: 'sha256:abc',
          file: 'images/tool.tar',
          sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
          size: statSync(file).size,
        },
      ],
    })
  })

  test('drops the file of an artifact that is no longer there', async () => {
    lab.recipe('tool', `${image}\nbuild() { echo bytes >"$out/image.tar"; echo sha256:abc >"$out/image-id"; }\n`)
    await lab.start().ended
    lab.recipe('tool', `${image}\nbuild() { false; }\n`)
    await lab.start().ended
    expect(existsSync(join(lab.cache, 'bundle/images/tool.tar'))).toBe(false)
  })
})

describe('failures', () => {
  test('the end of the log is shown with its path, and what does not depend on it is still built', async () => {
    lab.recipe('bad', 'build() { seq 100; echo the cause >&2; false; echo never reached; }\n')
    lab.recipe('dependent', counting('dependent', ['bad']))
    lab.recipe('independent', counting('independent'))
    const {status, stdout, stderr} = await lab.start().ended
    expect({status, stdout}).toEqual({status: 1, stdout: ''})
    expect(stderr).toContain(`${lab.cache}/log/bad.log`)
    expect(stderr).toContain('the cause')
    expect(stderr).toMatch(/^ {4}100$/m)
    expect(stderr).not.toMatch(/^ {4}50$/m)
    expect(stderr).toContain('not built: bad (failed) dependent (skipped)')
    expect(stored()).toEqual(['independent'])
  })

  test('a failing command ends a recipe even inside its functions and substitutions', async () => {
    lab.recipe('bad', 'build() { inner; echo half >"$out/text"; }\ninner() { local x; x="$(false; echo y)"; }\n')
    expect(await lab.start().ended).toMatchObject({status: 1})
    expect(stored()).toEqual([])
  })

  test('recipes that need each other are refused with the way round', async () => {
    lab.recipe('a', counting('a', ['b']))
    lab.recipe('b', counting('b', ['c']))
    lab.recipe('c', counting('c', ['a']))
    const {status, stderr} = await lab.start().ended
    expect(status).toBe(1)
    expect(stderr).toContain('the recipes form a cycle: a b c a')
  })

  test('a need without a recipe is refused', async () => {
    lab.recipe('a', counting('a', ['nowhere']))
    expect((await lab.start().ended).stderr).toContain("recipe a needs 'nowhere', which has no recipe")
  })

  test('reading a product that needs=() does not name fails', async () => {
    lab.recipe('low', counting('low'))
    lab.recipe('high', 'build() { cat "$(need low)/text" >"$out/text"; }\n')
    expect((await lab.start().ended).stderr).toContain("reads the product of 'low' without naming it")
  })

  test('an unknown name is refused with the names there are', async () => {
    lab.recipe('kind', counting('kind'))
    const {status, stderr} = await lab.start('knid').ended
    expect(status).toBe(1)
    expect(stderr).toContain("no artifact is named 'knid'; there are: kind")
  })

  test('a version that a recipe names and versions.sh lacks is refused', async () => {
    lab.recipe('one', 'build() { echo "$NO_SUCH_VERSION"; }\n')
    expect((await lab.start().ended).stderr).toContain('uses NO_SUCH_VERSION, which versions.sh does not set')
  })

  test('a tool that the machine lacks and Debian does not have is named before anything is built', async () => {
    lab.recipe('one', `requires=(no-such-tool)\n${counting('one')}`)
    const {status, stderr} = await lab.start().ended
    expect(status).toBe(1)
    expect(stderr).toContain('missing on this machine: no-such-tool')
    expect(lab.counted('one')).toBe(0)
  })
})

describe('housekeeping', () => {
  test('--list shows what is cached and what is missing', async () => {
    lab.recipe('low', counting('low'))
    lab.recipe('high', counting('high', ['low']))
    await lab.start('low').ended
    const {stdout} = await lab.start('--list').ended
    expect(stdout).toMatch(/^low +[0-9a-f]{16} cached /m)
    expect(stdout).toMatch(/^high +[0-9a-f]{16} missing +- low$/m)
  })

  test('--prune removes products of earlier recipes and keeps the current ones', async () => {
    lab.recipe('one', counting('one'))
    await lab.start().ended
    lab.recipe('one', `${counting('one')}changed=yes\n`)
    await lab.start().ended
    expect(stored()).toEqual(['one', 'one'])
    expect(await lab.start('--prune').ended).toMatchObject({status: 0})
    expect(stored()).toEqual(['one'])
    expect((await lab.start().ended).stderr).toContain('0 built, 1 cached')
  })
})
