import {execFile} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {promisify} from 'node:util'
import {describe, expect, test} from 'vitest'
import {readSheet, sheetArgv} from '../../../src/run/batch/sheet.ts'

async function run(argvs: readonly (readonly string[])[], seconds = 5) {
  const sheet = {argvs, seconds}
  const [program = '', ...words] = sheetArgv(sheet)
  const {stdout} = await promisify(execFile)(program, words)
  return readSheet(sheet, {exitCode: 0, stdout, stderr: ''})
}

describe('a sheet', () => {
  test('answers each program by itself: what it printed to the letter, and how it ended', async () => {
    const answers = await run([
      ['printf', '%s', 'no newline at the end'],
      ['sh', '-c', 'echo out; echo err >&2; exit 3'],
      ['echo', 'a b', "it's", '$HOME', '', '*'],
      ['true'],
    ])

    expect(answers).toEqual([
      {exitCode: 0, stdout: 'no newline at the end', stderr: ''},
      {exitCode: 3, stdout: 'out\n', stderr: 'err\n'},
      {exitCode: 0, stdout: "a b it's $HOME  *\n", stderr: ''},
      {exitCode: 0, stdout: '', stderr: ''},
    ])
  })

  test('says of a program that is not there what a shell says', async () => {
    const [answer] = (await run([['no-such-program-here'], ['true']])) ?? []
    expect(answer?.exitCode).toBe(127)
  })

  test('ends a program that hangs, and the others have their answers', async () => {
    const [hangs, answers] =
      (await run(
        [
          ['sleep', '60'],
          ['echo', 'here'],
        ],
        1,
      )) ?? []
    expect(hangs?.exitCode).toBe(124)
    expect(answers?.stdout).toBe('here\n')
  })

  test('leaves no file behind', async () => {
    await run([['true'], ['false']])
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('k8s-local-sheet'))).toEqual([])
  })

  test('is no answer where the place has no shell', () => {
    expect(readSheet({argvs: [['ls']], seconds: 1}, {exitCode: 127, stdout: '', stderr: 'sh: not found'})).toBe(
      undefined,
    )
  })
})
