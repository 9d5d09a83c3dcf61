import {criticalShares, criticalStretches} from '../../run/critical-times.ts'
import type {Outcome} from '../../run/events.ts'
import {countText, secondsText} from '../amounts.ts'
import {element, escapeXml, startTag} from '../xml.ts'
import {doerNames, shareText} from './doer-names.ts'
import {ganttStyle} from './gantt-style.ts'
import {type RanStep, ranSteps, titleOf} from './ran-steps.ts'
import {type TimeAxis, timeAxis} from './time-axis.ts'

/** Pixels. */
const size = {width: 1200, lane: 20, bar: 12, left: 460, right: 110, top: 68, margin: 16} as const

/** Signs of a title that fit beside the bars; the whole title is the tooltip. */
const longestTitle = 58

/**
 * A run as a Gantt chart: SVG 1.1 text without scripts and without anything from elsewhere. A lane for each step that ran, by its start; a colour for whose work
 * it was; the critical path by a diamond, bold text and a frame, and joined by a line. Undefined when nothing ran.
 */
export function ganttSvg(outcome: Outcome): string | undefined {
  const ran = ranSteps(outcome)
  if (ran.length === 0) return undefined
  const axis = timeAxis(Math.max(...ran.map(({finishedAt}) => finishedAt)))
  const below = size.top + ran.length * size.lane
  const legend = legendLines(outcome, ran)
  const height = below + 48 + legend.length * size.lane
  const {width} = size
  return [
    startTag('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'timings-title timings-description',
    }),
    element('title', {id: 'timings-title'}, [escapeXml(heading(outcome))]),
    element('desc', {id: 'timings-description'}, [escapeXml(description(outcome, ran))]),
    element('style', {}, [ganttStyle]),
    element('rect', {class: 'ground', width, height}),
    text({class: 'head', x: size.margin, y: 26}, heading(outcome)),
    ...axisMarks(axis, below),
    element('polyline', {class: 'path', points: pathPoints(ran, axis)}),
    ...ran.map((step, lane) => laneOf(step, lane, axis)),
    ...legend.map((line, index) =>
      element('g', {transform: `translate(${size.margin} ${below + 40 + index * size.lane})`}, line),
    ),
    '</svg>',
  ].join('\n')
}

function heading({title, status, seconds}: Outcome): string {
  const took = secondsText(seconds * 1000)
  return status === 'done' || status === 'already' ? `${title}: ${took}` : `${title}: ${status} after ${took}`
}

/** For who does not see it: what the picture says. */
function description(outcome: Outcome, ran: readonly RanStep[]): string {
  const path = criticalStretches(outcome).flatMap(({step, from, to}) =>
    step ? [`${step.title} (${secondsText(to - from)})`] : [],
  )
  const shares = criticalShares(outcome).map(
    ({doer, milliseconds}) => `${doerNames[doer]} ${secondsText(milliseconds)}`,
  )
  return [
    `${countText(ran.length, 'step')}, by their start.`,
    ...(path.length === 0 ? [] : [`Critical path: ${path.join(', ')}.`, `Whose work that was: ${shares.join(', ')}.`]),
  ].join(' ')
}

function axisMarks({marks, end}: TimeAxis, below: number): readonly string[] {
  return marks.flatMap((mark) => {
    const x = placeOf(mark, {marks, end})
    const label = `${mark / 1000} s`
    return [
      element('line', {class: 'grid', x1: x, x2: x, y1: size.top - 8, y2: below + 4}),
      ...[size.top - 14, below + 18].map((y) => text({x, y, 'text-anchor': 'middle'}, label)),
    ]
  })
}

function laneOf(step: RanStep, lane: number, axis: TimeAxis): string {
  const {startedAt, finishedAt, doer, isCritical} = step
  const took = secondsText(finishedAt - startedAt)
  const x = placeOf(startedAt, axis)
  const width = Math.max(2, round(placeOf(finishedAt, axis) - x))
  const middle = size.top + (lane + 0.5) * size.lane
  const tip = `${titleOf(step)}: started at ${secondsText(startedAt)}, took ${took}, ${doerNames[doer]}${isCritical ? ', on the critical path' : ''}`
  return element('g', isCritical ? {class: 'critical'} : {}, [
    element('title', {}, [escapeXml(tip)]),
    ...(isCritical ? [text({x: size.margin, y: middle + 4}, diamond)] : []),
    text({x: size.margin + 16, y: middle + 4}, shortened(titleOf(step))),
    element('rect', {class: `bar ${doer}`, x, y: middle - size.bar / 2, width, height: size.bar}),
    text({x: round(x + width + 6), y: middle + 4}, took),
  ])
}

/** From the end of each critical step down to the start of the next. */
function pathPoints(ran: readonly RanStep[], axis: TimeAxis): string {
  return ran
    .flatMap(({isCritical, startedAt, finishedAt}, lane) => {
      const y = size.top + (lane + 0.5) * size.lane
      return isCritical ? [`${placeOf(startedAt, axis)},${y}`, `${placeOf(finishedAt, axis)},${y}`] : []
    })
    .join(' ')
}

const diamond = '◆'

function legendLines(outcome: Outcome, ran: readonly RanStep[]): readonly (readonly string[])[] {
  const shares = criticalShares(outcome)
  const others = [...new Set(ran.map(({doer}) => doer))].filter((doer) => !shares.some((one) => one.doer === doer))
  const known = [
    ...shares.map(({doer, milliseconds, share}) => ({
      doer,
      words: `${doerNames[doer]}: ${secondsText(milliseconds)} of the critical path, ${shareText(share)}`,
    })),
    ...others.map((doer) => ({doer, words: `${doerNames[doer]}: not on the critical path`})),
  ]
  return [
    [text({x: 0, y: 10}, diamond), text({x: 20, y: 10}, 'critical path: what decided how long it took')],
    ...known.map(({doer, words}) => [
      element('rect', {class: doer, y: 0, width: size.bar, height: size.bar}),
      text({x: 20, y: 10}, words),
    ]),
  ]
}

function text(attributes: Readonly<Record<string, string | number>>, words: string): string {
  return element('text', attributes, [escapeXml(words)])
}

function shortened(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
}

function placeOf(milliseconds: number, {end}: TimeAxis): number {
  return round(size.left + (milliseconds / end) * (size.width - size.left - size.right))
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
