import {describe, expect, test} from 'vitest'
import {exitCodes} from '../../src/exit-kind.ts'
import {type ProblemName, problems} from '../../src/problem-list.ts'
import {explain, presentExplanation} from '../../src/terminal/explain.ts'
import {requireInput} from '../../src/terminal/require-input.ts'
import {plainStyle} from '../../src/terminal/style.ts'
import {unknownCommand} from '../../src/terminal/unknown-command.ts'

const ids = ['create', 'delete', 'net:add', 'net:list', 'net:remove', 'pod:add', 'status']

describe('an unknown command', () => {
  test.each([
    ['craete', 'k8s-local create'],
    ['net ad', 'k8s-local net add'],
    ['nett list', 'k8s-local net list'],
    ['stats lab', 'k8s-local status'],
    ['net ad macvlan storage', 'k8s-local net add'],
  ])('%s is answered with the nearest', (typed, command) => {
    expect(unknownCommand(typed, ids).data.suggestions[0]).toBe(command)
  })

  test('that is like none is answered with the help alone', () => {
    expect(unknownCommand('frobnicate', ids).data).toMatchObject({
      name: 'unknown-command',
      suggestions: ['k8s-local --help'],
    })
  })
})

describe('missing input without a terminal', () => {
  const needs = {command: 'pod add', args: {name: 'NAME'}, flags: {networks: '--network NETWORK'}}

  test('is named all at once, with the whole command to paste', () => {
    const said = {node: {value: 'lab-worker', from: '--node'}}

    expect(() => requireInput(said, needs)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          name: 'missing-input',
          message: 'pod add needs NAME and --network NETWORK, and there is no terminal to ask on',
          suggestions: ['k8s-local pod add NAME --node lab-worker --network NETWORK'],
        }) as unknown,
      }),
    )
  })

  test('repeats what was said, quoted where a shell needs it', () => {
    const said = {
      name: {value: 'left', from: 'NAME'},
      ips: {value: ['data=10.0.0.9', 'b=10.0.1.9'], from: '--ip'},
      dryRun: {value: true, from: '--dry-run'},
      namespace: {value: 'a b', from: '--namespace'},
      bundle: {value: '/from/env', from: 'K8S_LOCAL_BUNDLE'},
    }

    expect(() => requireInput(said, needs)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          suggestions: [
            "k8s-local pod add left --ip data=10.0.0.9 --ip b=10.0.1.9 --dry-run --namespace 'a b' --network NETWORK",
          ],
        }) as unknown,
      }),
    )
  })

  test('is no problem when all is there', () => {
    expect(() =>
      requireInput({name: {value: 'a', from: 'NAME'}, networks: {value: ['b'], from: '--network'}}, needs),
    ).not.toThrow()
  })
})

describe('explain', () => {
  test.each(Object.entries(problems))('knows %s', (name, {code, exit}) => {
    const found = explain(code)

    expect(found).toMatchObject({name, code, exitCode: exitCodes[exit]})
    expect(explain(name)).toEqual(found)
    expect(found.causes.length * found.fixes.length).toBeGreaterThan(0)
  })

  test('reads the words of an event', () => {
    expect(
      explain('Multus: error adding container to network "x": failed to find plugin "tap" in path []'),
    ).toMatchObject({
      code: 'KL-6029',
      means: 'A network refuses a pod: the plugin tap is not on the node.',
    })
  })

  test('knows why a network refuses a pod, with the words that it says it in', async () => {
    await expect(`${presentExplanation(explain('kl-6029'), {width: 80, style: plainStyle})}\n`).toMatchFileSnapshot(
      '../golden/terminal/explain-cause.txt',
    )
  })

  test('takes a code in any case', () => {
    expect(explain('kl-4006').name).toBe('kind-failed')
  })

  test('answers a mistyped code with the nearest', () => {
    expect(() => explain('KL-400')).toThrow(
      expect.objectContaining({data: expect.objectContaining({name: 'invalid-input'}) as unknown}),
    )
  })

  test('fits 80 columns', () => {
    for (const name of Object.keys(problems) as ProblemName[]) {
      const lines = presentExplanation(explain(name), {width: 80, style: plainStyle}).split('\n')
      expect(lines.filter((line) => line.length > 80)).toEqual([])
    }
  })

  test('reads like this', async () => {
    await expect(`${presentExplanation(explain('KL-4010'), {width: 80, style: plainStyle})}\n`).toMatchFileSnapshot(
      '../golden/terminal/explain.txt',
    )
  })
})
