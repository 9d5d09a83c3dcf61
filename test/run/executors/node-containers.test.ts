import {describe, expect, test} from 'vitest'
import {restartNodes} from '../../../src/run/executors/restart-nodes.ts'
import {startNodes} from '../../../src/run/executors/start-nodes.ts'
import {stopNodes} from '../../../src/run/executors/stop-nodes.ts'
import {container, fakeContext} from '../fakes.ts'

describe('node containers', () => {
  test('are started where they stand still', async () => {
    const {context, turned} = world({a: 'exited', b: 'running'})

    expect(await startNodes({type: 'start-nodes', nodes: ['a', 'b']}, context)).toEqual({already: false})
    expect(await startNodes({type: 'start-nodes', nodes: ['b']}, context)).toEqual({already: true})
    expect(turned).toEqual(['start a', 'start '])
  })

  test('are stopped where they run', async () => {
    const {context, turned} = world({a: 'exited', b: 'running'})

    expect(await stopNodes({type: 'stop-nodes', nodes: ['a', 'b']}, context)).toEqual({already: false})
    expect(await stopNodes({type: 'stop-nodes', nodes: ['a']}, context)).toEqual({already: true})
    expect(turned).toEqual(['stop b', 'stop '])
  })

  test('start again in the order of their addresses, so that each gets the one that it had', async () => {
    const {context, turned} = world({a: 'running', b: 'running', c: 'running'}, {a: 10, b: 9, c: 2})

    expect(await restartNodes({type: 'restart-nodes', nodes: ['a', 'b', 'c']}, context)).toEqual({already: false})
    expect(turned).toEqual(['stop c b a', 'start c b a'])
  })

  test('one that is gone is named before anything is done', async () => {
    const {context, turned} = world({a: 'exited'})

    await expect(startNodes({type: 'start-nodes', nodes: ['a', 'b']}, context)).rejects.toMatchObject({
      data: {message: 'The container engine has no node b of the cluster demo', cause: 'It has: a'},
    })
    expect(turned).toEqual([])
  })
})

function world(states: Readonly<Record<string, string>>, places: Readonly<Record<string, number>> = {}) {
  const turned: string[] = []
  const containers = Object.entries(states).map(([name, state]) =>
    container(name, {state, addresses: {kind: {ip: `172.18.0.${places[name] ?? 2}`, mac: ''}}}),
  )
  const context = fakeContext({
    engine: {
      containers: async () => containers,
      startContainers: async (names) => void turned.push(`start ${names.join(' ')}`),
      stopContainers: async (names) => void turned.push(`stop ${names.join(' ')}`),
    },
  })
  return {context, turned}
}
