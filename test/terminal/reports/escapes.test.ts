import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import {describe, expect, test} from 'vitest'
import {codeBlock, codeSpan, markdownTable, plainText} from '../../../src/terminal/markdown-text.ts'
import {workflowCommand} from '../../../src/terminal/workflow-command.ts'
import {anyText} from './any-text.ts'

const markdown = new MarkdownIt({html: true})
/** CommonMark shows U+0000 as U+FFFD. */
const flat = (text: string) => text.replaceAll('\0', '\u{FFFD}').replaceAll(/\s+/g, ' ').trim()

describe('Markdown', () => {
  test('shows plain text as it is, in a paragraph and in a cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const inside = textOf(`so: ${plainText(text)}`)
        const cell = textOf(markdownTable(['a', 'b'], [[plainText(text), 'end']]))

        expect(flat(inside)).toBe(flat(`so: ${text}`))
        expect(flat(cell)).toBe(flat(`a b ${text} end`))
      }),
    )
  })

  test('shows code as it is, in a line and in a block', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = flat(text)
        const spans = markdown.parseInline(`so ${codeSpan(line)}`, {})[0]?.children ?? []
        const blocks = markdown.parse(codeBlock([text]), {})

        expect(spans.filter(({type}) => type === 'code_inline').map(({content}) => content)).toEqual(line ? [line] : [])
        expect(blocks.map(({type}) => type)).toEqual(['fence'])
        expect(blocks[0]?.content).toBe(`${text}\n`.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\u{FFFD}'))
      }),
    )
  })
})

describe('a workflow command', () => {
  test('is one line, and the runner reads back what was meant', () => {
    fc.assert(
      fc.property(anyText, anyText, (title, message) => {
        const command = workflowCommand('error', {title, line: undefined}, message)
        const [, name, properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(command) ?? []

        expect(command).not.toMatch(/[\r\n]/)
        expect(name).toBe('error')
        expect(unescape(properties.replace('title=', ''), ['%3A', '%2C'])).toBe(title)
        expect(unescape(data)).toBe(message)
      }),
    )
  })
})

/** Texts of all tokens: what a reader sees. Markup that was not meant would be missing from it. */
function textOf(source: string): string {
  return markdown
    .parse(source, {})
    .flatMap(({children, type}) => (type === 'inline' ? [(children ?? []).map(seen).join('')] : []))
    .join(' ')
}

function seen({type, content}: {readonly type: string; readonly content: string}): string {
  return type === 'text' || type === 'text_special' ? content : `(${type})`
}

/** As actions/runner does it. */
function unescape(text: string, more: readonly ('%3A' | '%2C')[] = []): string {
  const signs = {'%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ','} as const
  return (['%0D', '%0A', ...more] as const)
    .reduce((all, code) => all.replaceAll(code, signs[code]), text)
    .replaceAll('%25', '%')
}
