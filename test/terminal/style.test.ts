import {describe, expect, test} from 'vitest'
import {makeStyle} from '../../src/terminal/style.ts'

const painted = '\u001B[31mx\u001B[39m'

describe('colours', () => {
  test.each([
    {when: 'a terminal', hints: {isTTY: true, env: {}}, text: painted},
    {when: 'a pipe', hints: {isTTY: false, env: {}}, text: 'x'},
    {when: 'NO_COLOR', hints: {isTTY: true, env: {NO_COLOR: '1'}}, text: 'x'},
    {when: 'an empty NO_COLOR, which says nothing', hints: {isTTY: true, env: {NO_COLOR: ''}}, text: painted},
    {when: 'TERM=dumb', hints: {isTTY: true, env: {TERM: 'dumb'}}, text: 'x'},
    {when: 'FORCE_COLOR in a pipe', hints: {isTTY: false, env: {FORCE_COLOR: '1'}}, text: painted},
    {when: 'FORCE_COLOR=0 on a terminal', hints: {isTTY: true, env: {FORCE_COLOR: '0'}}, text: 'x'},
    {when: 'FORCE_COLOR and NO_COLOR', hints: {isTTY: true, env: {FORCE_COLOR: '1', NO_COLOR: '1'}}, text: painted},
    {when: '--no-color whatever else', hints: {isTTY: true, env: {FORCE_COLOR: '1'}, refused: true}, text: 'x'},
  ])('with $when', ({hints, text}) => {
    expect(makeStyle(hints).red('x')).toBe(text)
  })
})
