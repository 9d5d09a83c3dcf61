import {describe, expect, test} from 'vitest'
import type {RawInput} from '../../src/spec/field.ts'
import {completeCreate, readCreate, readWarm} from '../../src/terminal/create-input.ts'
import type {Prompter} from '../../src/terminal/prompter.ts'
import type {World} from '../../src/terminal/world-command.ts'
import {answerWith} from './support/scripted-prompter.ts'

/** A working directory with these files; what is written is kept. */
function directory(files: Readonly<Record<string, string>> = {}) {
  const written: Record<string, string> = {}
  const nameOf = (path: string) => path.split('/').at(-1) ?? ''
  const driver = {
    read: async (path: string) => files[nameOf(path)],
    write: async (path: string, text: string) => void (written[nameOf(path)] = text),
  }
  return {written, driver}
}

async function complete(
  said: RawInput,
  {files, prompter}: {files?: Readonly<Record<string, string>>; prompter?: Prompter} = {},
) {
  const {driver, written} = directory(files)
  const told: string[] = []
  const world = {drivers: {files: driver}, options: {dryRun: false}, ...(prompter && {prompter})} as unknown as World
  const input = await completeCreate(said, world, (text) => told.push(text))
  return {input, told: told.join('\n'), written}
}

const flag = (name: string, value: unknown) => ({value, from: `--${name}`})
const lab = 'name: lab\nworkers: 1\ncni: calico\n'

describe('what create is asked for', () => {
  test('is the default where nothing is said', async () => {
    const {input, told} = await complete({})

    expect(readCreate(input)).toMatchObject({
      spec: {name: 'k8s-local', workers: 2, cni: 'cilium', multus: 'thin'},
      verify: true,
      keepOnFailure: false,
    })
    expect(told).toBe('')
  })

  test('is what the file says, and what flags say above it', async () => {
    const {input} = await complete(
      {file: flag('file', 'other.yaml'), workers: flag('workers', '3')},
      {files: {'other.yaml': lab}},
    )

    expect(readCreate(input).spec).toMatchObject({name: 'lab', workers: 3, cni: 'calico'})
  })

  test('may share its file with warm, which alone saves into a bundle', async () => {
    const {input} = await complete({}, {files: {'k8s-local.yaml': `${lab}bundle: /bundle\nintoBundle: true\n`}})

    expect(readCreate(input)).not.toHaveProperty('intoBundle')
    expect(readWarm(input)).toMatchObject({bundle: '/bundle', intoBundle: true, spec: {cni: 'calico'}})
    expect(readWarm({}).intoBundle).toBe(false)
    expect(() => readWarm({intoBundle: flag('into-bundle', true)})).toThrow(
      '--into-bundle: there is no bundle to save into',
    )
  })

  test('has a word for warm node images, in the file too', async () => {
    const {input} = await complete({}, {files: {'k8s-local.yaml': `${lab}warm: never\n`}})

    expect(readCreate(input).warm).toBe('never')
    expect(readCreate((await complete({})).input).warm).toBe('use')
    expect(() => readCreate({warm: flag('warm', 'hot')})).toThrow('use, build, never')
  })

  test('is read from k8s-local.yaml of the folder, and that is said', async () => {
    const {input, told} = await complete({}, {files: {'k8s-local.yaml': lab}})

    expect(readCreate(input).spec.name).toBe('lab')
    expect(told).toBe('Reading k8s-local.yaml')
  })

  test('is refused with the line of the file that is wrong, together with wrong flags', async () => {
    const {input} = await complete(
      {multus: flag('multus', 'fat')},
      {files: {'k8s-local.yaml': 'workers: 1\ncnii: calico\n'}},
    )

    expect(() => readCreate(input)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          findings: expect.arrayContaining([
            expect.objectContaining({at: 'cnii in k8s-local.yaml, line 2'}),
            expect.objectContaining({at: '--multus'}),
          ]) as unknown,
        }) as unknown,
      }),
    )
  })

  test('cannot be read from a file that is not there', async () => {
    await expect(complete({file: flag('file', 'gone.yaml')})).rejects.toMatchObject({
      data: {name: 'spec-file-unreadable'},
    })
  })

  test('has an absolute path for its bundle, and seconds for its time', () => {
    const wish = readCreate({bundle: flag('bundle', 'some/bundle'), timeout: flag('timeout', '5m')})

    expect(wish.bundle).toMatch(/^\/.*\/some\/bundle$/)
    expect(wish.timeoutSeconds).toBe(300)
  })
})

describe('the answers', () => {
  const proposals = ['', '', '', '0', ''] as const

  test('are saved when that is wanted, as a file that asks for the same', async () => {
    const {input, written, told} = await complete({}, {prompter: answerWith(...proposals, 'go', true)})

    const again = await complete({}, {files: written})
    expect(readCreate(again.input).spec).toEqual(readCreate(input).spec)
    expect(told).toContain('Saved k8s-local.yaml')
  })

  test('are not saved otherwise', async () => {
    const {written} = await complete({}, {prompter: answerWith(...proposals, 'go', false)})

    expect(written).toEqual({})
  })

  test('are not asked for what the file says', async () => {
    const prompter = answerWith('', '0', '', 'go', false)

    await complete({}, {files: {'k8s-local.yaml': lab}, prompter})

    expect(prompter.asked.filter((question) => /worker|CNI/.test(question))).toEqual([])
  })
})
