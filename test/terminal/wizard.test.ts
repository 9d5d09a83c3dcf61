import {select} from '@inquirer/prompts'
import {render} from '@inquirer/testing'
import {describe, expect, test} from 'vitest'
import Create from '../../src/commands/create.ts'
import type {RawInput} from '../../src/spec/field.ts'
import {clusterSpecFields} from '../../src/spec/read-cluster-spec.ts'
import {parseSpecFile, specFileText} from '../../src/spec/spec-file.ts'
import {readCreate} from '../../src/terminal/create-input.ts'
import {readEnvironment, variableOf} from '../../src/terminal/environment.ts'
import {readFlags} from '../../src/terminal/flags.ts'
import {equalCommand} from '../../src/terminal/present-answers.ts'
import type {Prompter} from '../../src/terminal/prompter.ts'
import {runWizard, wizardFields} from '../../src/terminal/wizard.ts'
import {answerWith, type ScriptedPrompter} from './support/scripted-prompter.ts'

/** Every question taken as proposed, and on. */
const proposals = ['', '', '', '', '', '', '', '', 'go'] as const

async function answered(
  prompter: Prompter,
  said: RawInput = {},
): Promise<{readonly input: RawInput; readonly told: string}> {
  const told: string[] = []
  const input = await runWizard(said, prompter, {tell: (text) => told.push(text), go: 'Create it'})
  return {input, told: told.join('\n')}
}

describe('the wizard of create', () => {
  test('asks in order of consequence, and its proposals are the defaults', async () => {
    const prompter = answerWith(...proposals)

    const {input} = await answered(prompter)

    expect(prompter.asked).toEqual([
      'How many worker nodes',
      "Which CNI carries the cluster's own network",
      'How to run Multus (thin: no daemon on the nodes)',
      'Extra networks, each a NIC on every node (0 to 4)',
      'Name of network 1',
      'Subnet of data',
      'A macvlan network for pods on each extra network',
      'Prove now that it works',
      'All right?',
    ])
    expect(readCreate(input)).toEqual(readCreate({}))
  })

  test('does not ask what was said', async () => {
    const said = {
      cni: {value: 'calico', from: '--cni'},
      networks: {value: ['none'], from: '--network'},
      workers: {value: '1', from: 'K8S_LOCAL_WORKERS'},
    }
    const prompter = answerWith('', '', 'go')

    await answered(prompter, said)

    expect(prompter.asked).toEqual([
      'How to run Multus (thin: with Calico ten pods are ready in 9 s, with thick in 19 s)',
      'Prove now that it works',
      'All right?',
    ])
  })

  test('does not ask for networks for pods that could not exist', async () => {
    const prompter = answerWith('', '', 'none', '0', '', 'go')

    const {input} = await answered(prompter)

    expect(prompter.asked).not.toContain('A macvlan network for pods on each extra network')
    expect(readCreate(input).spec).toMatchObject({multus: 'none', networks: [], testNetworks: false})
  })

  test('lets an answer be changed before it goes on', async () => {
    const prompter = answerWith('1', '', '', '0', '', 'change', 'workers', '3', 'go')

    const {input, told} = await answered(prompter)

    expect(readCreate(input).spec.workers).toBe(3)
    expect(told).toContain('1 control plane, 1 worker\n')
    expect(told).toContain('1 control plane, 3 workers\n')
  })

  test('says what is wrong between answers, and goes on only when it is mended', async () => {
    const overlap = ['', '', '', '1', 'data', '10.244.0.0/24', '', ''] as const
    const prompter = answerWith(...overlap, 'change', 'networks', '1', 'data', 'auto', 'go')

    const {input, told} = await answered(prompter)

    expect(told).toMatch(/10\.244\.0\.0/)
    expect(readCreate(input).spec.networks).toEqual([{name: 'data', subnet: 'auto'}])
  })

  test('refuses a wrong answer at the question, in the words of the file', async () => {
    await expect(answered(answerWith('77'))).rejects.toThrow('77')
    await expect(answered(answerWith('', '', '', '2', 'data', '', 'data'))).rejects.toThrow('that name is taken')
  })

  test('stops without doing anything when told to', async () => {
    await expect(answered(answerWith('', '', '', '0', '', 'stop'))).rejects.toMatchObject({data: {name: 'interrupted'}})
  })

  test('complains of a wrong flag before it asks anything', async () => {
    const prompter = answerWith()

    await expect(answered(prompter, {cni: {value: 'flannel', from: '--cni'}})).rejects.toMatchObject({
      data: {name: 'invalid-input'},
    })
    expect(prompter.asked).toEqual([])
  })
})

describe('the answers', () => {
  const ways: Readonly<Record<string, () => ScriptedPrompter>> = {
    'as proposed': () => answerWith(...proposals),
    'all different': () =>
      answerWith('3', 'calico', 'thick', '2', 'lan', '172.31.5.0/24', 'wan', '', false, false, 'go'),
    'without Multus and networks': () => answerWith('0', '', 'none', '0', '', 'go'),
  }

  test.each(Object.entries(ways))('%s ask for the same as the command line that is shown', async (_, prompter) => {
    const {input} = await answered(prompter())
    const words = equalCommand(readCreate(input).spec, input).split(' ').slice(3)

    const flags = flagsOf(words)

    expect({...readCreate(readFlags({...clusterSpecFields, verify: wizardFields['verify'] as never}, flags))}).toEqual(
      readCreate(input),
    )
  })

  test.each(Object.entries(ways))('%s ask for the same as the file that is saved', async (_, prompter) => {
    const {input} = await answered(prompter())
    const {spec} = readCreate(input)

    expect(readCreate(parseSpecFile(specFileText(spec), 'k8s-local.yaml')).spec).toEqual(spec)
  })
})

describe('every question of the wizard', () => {
  // Verification is how create goes about it and no property of a cluster, so a file does not hold it.
  const inNoFile = ['verify']

  test.each(Object.entries(wizardFields))('%s is also a flag, a variable and a key of the file', (key, field) => {
    const raw = field.kind === 'choice' ? (field.choices?.[0]?.value ?? '') : '1'

    expect(Object.keys(Create.flags)).toContain(field.flag)
    expect(readEnvironment({[key]: field}, {[variableOf(field)]: raw})).toEqual({
      [key]: {value: raw, from: variableOf(field)},
    })
    expect(Object.keys(clusterSpecFields).includes(key)).toBe(!inNoFile.includes(key))
  })
})

test('a choice shows what each option is for', async () => {
  const {input: prompter, question} = recordSelect()
  await runWizard({}, prompter, {tell: () => undefined, go: 'Create it'}).catch(() => undefined)

  const {getScreen, events} = await render(select, question('multus'))
  events.keypress('down')
  await new Promise((resolve) => setImmediate(resolve))

  await expect(`${getScreen()}\n`).toMatchFileSnapshot('../golden/terminal/question-multus.txt')
})

/** Takes every proposal, and keeps the list questions as they were put. */
function recordSelect() {
  const script = answerWith(...proposals)
  const questions: Parameters<Prompter['select']>[0][] = []
  return {
    input: {
      ...script,
      select: async (one: Parameters<Prompter['select']>[0]) => (questions.push(one), script.select(one)),
    },
    question: (about: string) => {
      const found = questions.find(({message}) => message.toLowerCase().includes(about))
      if (!found) throw new Error(`no question about ${about}`)
      return {...found, choices: [...found.choices], loop: false}
    },
  }
}

/** The flags of a command line, as oclif splits it. */
function flagsOf(words: readonly string[]): Readonly<Record<string, unknown>> {
  const flags: Record<string, unknown> = {}
  for (let at = 0; at < words.length; at += 1) {
    const [flag = '', value] = [words[at]?.slice(2), words[at + 1]]
    if (flag.startsWith('no-')) flags[flag.slice(3)] = false
    else if (value === undefined || value.startsWith('--')) flags[flag] = true
    else {
      flags[flag] = flag === 'network' ? [...((flags[flag] as string[]) ?? []), value] : value
      at += 1
    }
  }
  return flags
}
