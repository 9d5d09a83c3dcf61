import fc from 'fast-check'
import {XmlDocument, type XmlElement} from 'libxml2-wasm'
import {describe, expect, test} from 'vitest'
import type {Outcome} from '../../../src/run/events.ts'
import {ganttSvg} from '../../../src/terminal/timings/gantt-svg.ts'
import {timeAxis} from '../../../src/terminal/timings/time-axis.ts'
import {anyText} from '../reports/any-text.ts'
import {done, failed} from '../support/recorded-run.ts'

test.each([
  ['good-run', done],
  ['failed-run', failed],
])('the picture of a %s', async (name, outcome) => {
  await expect(`${ganttSvg(outcome)}\n`).toMatchFileSnapshot(`../../golden/terminal/${name}.svg`)
})

test('a run of which no step ran has no picture', () => {
  expect(ganttSvg({...done, steps: [], criticalPath: []})).toBeUndefined()
})

describe('the picture', () => {
  test('says in words what it shows: the critical path, and whose work it was', () => {
    const description = textsOf(ganttSvg(done), 'desc')

    expect(description).toEqual([
      '4 steps, by their start. Critical path: Fetch kind v0.33.0 (0.8 s), Create the nodes with kind (30 s), Wait until Cilium is rolled out (40 s). Whose work that was: the primary CNI 40 s, kind and kubeadm 30 s, images and downloads 0.8 s, k8s-local itself 0.0 s.',
    ])
  })

  test('marks the critical steps with a sign, not by colour alone', () => {
    const texts = textsOf(ganttSvg(done), 'text')
    const before = (title: string) => texts[texts.indexOf(title) - 1]

    expect(before('Create the nodes with kind')).toBe('◆')
    expect(before('Import the images of Cilium into 3 nodes')).not.toBe('◆')
  })

  test('holds any title as text, cut where it is too long, whole in the tooltip', () => {
    const title = `</text><script>alert("1")</script> & \u0007 ${'long '.repeat(40)}`
    const picture = ganttSvg(titled(title))

    expect(picture).not.toContain('<script')
    expect(textsOf(picture, 'title').at(-1)).toContain(title.replace('\u0007', '\uFFFD'))
    expect(textsOf(picture, 'text')).toContain(`${title.replace('\u0007', '\uFFFD').slice(0, 57)}…`)
  })

  test('is well-formed whatever the titles and times are', () => {
    const time = fc.integer({min: 0, max: 4_000_000})
    fc.assert(
      fc.property(anyText, time, time, (title, start, took) => {
        const picture = ganttSvg({
          ...titled(title),
          steps: [{id: 'a', title, doer: 'kind', status: 'done', startedAt: start, finishedAt: start + took}],
        })
        XmlDocument.fromString(picture ?? '').dispose()
        expect(picture).not.toContain('NaN')
      }),
      {numRuns: 50},
    )
  })
})

test.each([
  [0, 0.1, 2],
  [900, 0.1, 10],
  [71_500, 10, 9],
  [75_000, 10, 9],
  [900_000, 120, 9],
])('an axis of %d ms has a mark every %d s, %d in all, and ends behind the last step', (milliseconds, every, count) => {
  const {marks, end} = timeAxis(milliseconds)

  expect(marks.length).toBe(count)
  expect(marks[1]).toBe(every * 1000)
  expect(end).toBeGreaterThanOrEqual(milliseconds)
})

function titled(title: string): Outcome {
  return {
    ...done,
    steps: [{id: 'a', title, doer: 'kind', status: 'done', startedAt: 0, finishedAt: 100}],
    criticalPath: ['a'],
  }
}

function textsOf(picture: string | undefined, name: string): readonly string[] {
  const document = XmlDocument.fromString(picture ?? '')
  try {
    const found = document.root.find(`//svg:${name}`, {svg: 'http://www.w3.org/2000/svg'})
    return found.map((node) => (node as XmlElement).content)
  } finally {
    document.dispose()
  }
}
