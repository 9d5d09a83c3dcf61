import {describe, expect, test} from 'vitest'
import type {World} from '../../src/terminal/world-command.ts'
import {confirmDelete, nameCluster} from '../../src/terminal/confirm-delete.ts'
import {answerWith} from './support/scripted-prompter.ts'

const world = (parts: {yes?: boolean; prompter?: World['prompter']; containers?: readonly unknown[]} = {}): World =>
  ({
    options: {yes: parts.yes ?? false},
    signal: new AbortController().signal,
    drivers: {
      engine: {containers: async () => parts.containers ?? [], networks: async () => []},
      journal: {
        list: async () => (parts.containers ? ['lab'] : []),
        read: async () => ({phase: 'complete', record: {}, kubeconfigs: []}),
        holder: async () => undefined,
      },
    },
    ...(parts.prompter && {prompter: parts.prompter}),
  }) as unknown as World

const notConfirmed = {data: {name: 'not-confirmed'}}

describe('deleting a cluster', () => {
  test('is confirmed by --yes, by --confirm with its name, or by its name typed', async () => {
    await confirmDelete({name: 'lab', confirm: undefined}, world({yes: true}))
    await confirmDelete({name: 'lab', confirm: 'lab'}, world())
    await confirmDelete({name: 'lab', confirm: undefined}, world({prompter: answerWith('lab')}))
  })

  test('is refused when nobody confirms it, with the commands that would', async () => {
    await expect(confirmDelete({name: 'lab', confirm: undefined}, world())).rejects.toMatchObject({
      data: {name: 'not-confirmed', suggestions: ['k8s-local delete lab --yes', 'k8s-local delete lab --confirm lab']},
    })
  })

  test('is refused for another name, without asking again', async () => {
    const prompter = answerWith()

    await expect(confirmDelete({name: 'lab', confirm: 'lob'}, world({prompter}))).rejects.toMatchObject(notConfirmed)
    expect(prompter.asked).toEqual([])
  })

  test('is refused when nothing is typed', async () => {
    await expect(
      confirmDelete({name: 'lab', confirm: undefined}, world({prompter: answerWith('')})),
    ).rejects.toMatchObject(notConfirmed)
  })
})

describe('which cluster to delete', () => {
  test('has to be said without a terminal', async () => {
    await expect(nameCluster({}, world())).rejects.toMatchObject({
      data: {name: 'missing-input', suggestions: ['k8s-local delete NAME']},
    })
  })

  test('is chosen from ours on a terminal', async () => {
    const prompter = answerWith('lab')

    const said = await nameCluster({}, world({prompter, containers: []}))

    expect(said['name']?.value).toBe('lab')
  })

  test('cannot be chosen where there is none', async () => {
    await expect(nameCluster({}, world({prompter: answerWith()}))).rejects.toMatchObject({
      data: {name: 'cluster-not-found'},
    })
  })
})
