import {describe, expect, test} from 'vitest'
import {codes} from '../../scripts/build/slim/ansi-styles.ts'
import {render} from '../../scripts/build/slim/ejs.ts'
import {tsPath} from '../../scripts/build/slim/ts-path.ts'

describe('templates in help texts', () => {
  const context = {config: {bin: 'k8s-local'}, command: {id: 'net add'}}

  test('name members of the context', () => {
    expect(render('<%= config.bin %> <%=command.id%>, twice: <%= config.bin %>', context)).toBe(
      'k8s-local net add, twice: k8s-local',
    )
  })

  test('are empty where the context has no such member, as in EJS', () => {
    expect(render('[<%= config.missing.deeper %>]', context)).toBe('[]')
  })

  test.each(['<% if (config) { %>', '<%- config.bin %>', '<%= config.bin + 1 %>'])(
    'refuse what only EJS could do: %s',
    (template) => {
      expect(() => render(template, context)).toThrow('help texts may name a value')
    },
  )
})

test.each([
  ['red', 31, 39],
  ['bright blue', 94, 39],
  ['green background', 42, 49],
  ['bold', 1, 22],
])('%s is closed at a line end', (_name, code, close) => {
  expect(codes.get(code)).toBe(close)
})

test.each([
  ['./dist/commands', '/package/dist/commands'],
  ['/package/dist/hooks/one.js', '/package/dist/hooks/one.js'],
  [undefined, undefined],
])('what package.json names as %s lies at %s', async (target, file) => {
  expect(await tsPath('/package', target)).toBe(file)
})
