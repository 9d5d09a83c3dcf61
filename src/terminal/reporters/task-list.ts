import {DefaultRenderer, Listr, ListrLogger, type ListrTask, type ListrTaskWrapper, ProcessOutput} from 'listr2'
import type {Clock} from '../../drivers/ports.ts'
import {countText, secondsText} from '../amounts.ts'
import type {Reporter} from './reporter.ts'
import {emptyView, follow, type StepView} from './run-view.ts'
import {groupSteps, type StepGroup} from './step-groups.ts'

/**
 * A list that redraws itself: a task for each group of steps, and below it the steps that run now. listr2 draws and does nothing
 * else: its tasks are promises that our events settle, it hears no signal, and no failure of a step reaches it.
 */
export function taskListReporter(stream: NodeJS.WriteStream, clock: Clock): Reporter {
  let view = emptyView
  let startedAt = 0
  let drawn: Promise<unknown> = Promise.resolve()
  const notices = makeLane()
  const lanes = new Map<string, Lane>()
  const ended = new AbortController()
  const redraw = (): void => {
    for (const group of groupSteps(view.steps)) showGroup(lanes.get(group.title), group, clock.now() - startedAt)
  }
  return {
    emit: (event) => {
      view = follow(view, event)
      if (event.type === 'run-started') {
        startedAt = clock.now()
        for (const {title} of groupSteps(view.steps)) lanes.set(title, makeLane())
        drawn = draw([...lanes.values(), notices], stream)
        void everySecond(redraw, clock, ended.signal)
      }
      redraw()
    },
    notice: (text) => notices.say(text),
    close: async () => {
      ended.abort()
      for (const {title, steps} of groupSteps(view.steps)) lanes.get(title)?.end(endOf(steps))
      notices.end('done')
      await drawn
    },
  }
}

/** One listr2 task whose title we write; an empty title is not drawn (listr2 9.0.5, renderer/default `format`). */
interface Lane {
  readonly task: ListrTask
  say(title: string): void
  end(how: 'done' | 'failed'): void
}

function makeLane(): Lane {
  let title = ''
  let wrapper: ListrTaskWrapper<unknown, never, never> | undefined
  let settle: {readonly resolve: () => void; readonly reject: (error: Error) => void} | undefined
  const end = new Promise<void>((resolve, reject) => (settle = {resolve, reject}))
  end.catch(() => undefined)
  return {
    task: {
      title: ' ',
      task: async (_, own) => {
        wrapper = own as ListrTaskWrapper<unknown, never, never>
        wrapper.title = title
        await end
      },
    },
    say: (text) => {
      title = text
      if (wrapper) wrapper.title = text
    },
    end: (how) => (how === 'failed' ? settle?.reject(new Error(title)) : settle?.resolve()),
  }
}

function showGroup(lane: Lane | undefined, {title, steps}: StepGroup, now: number): void {
  const begun = steps.filter(({status}) => status !== 'waiting')
  if (!lane || begun.length === 0) return
  const finished = begun.filter(({status}) => status !== 'running')
  const from = Math.min(...begun.map(({startedAt}) => startedAt))
  const complete = finished.length === steps.length
  const until = complete ? Math.max(...steps.map(({finishedAt}) => finishedAt)) : now
  const count = complete ? countText(steps.length, 'step') : `${finished.length} of ${steps.length}`
  const shown = begun.filter(({status}) => status === 'running' || status === 'failed')
  lane.say(
    [`${title} (${count}, ${secondsText(until - from)})`, ...shown.map((view) => stepLine(view, now))].join('\n'),
  )
  if (complete) lane.end(endOf(steps))
}

/** A group that was not finished counts as failed; one that never began has no title and is not drawn either way. */
function endOf(steps: readonly StepView[]): 'done' | 'failed' {
  return steps.every(
    ({cleanUp, status}) => status === 'done' || status === 'already' || (cleanUp && status === 'waiting'),
  )
    ? 'done'
    : 'failed'
}

function stepLine({step, status, startedAt, finishedAt, note}: StepView, now: number): string {
  const end = status === 'failed' ? finishedAt : now
  return `${status === 'failed' ? '✖' : '›'} ${step.title}, ${secondsText(end - startedAt)}${note ? `: ${note}` : ''}`
}

/** listr2 takes another renderer when stdout is no terminal; we draw on stderr, and have looked at that. */
class StderrRenderer extends DefaultRenderer {
  static override readonly nonTTY = true
}

function draw(lanes: readonly Lane[], stream: NodeJS.WriteStream): Promise<unknown> {
  return new Listr(
    lanes.map(({task}) => task),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      renderer: StderrRenderer,
      rendererOptions: {
        formatOutput: 'truncate',
        showErrorMessage: false,
        logger: new ListrLogger({
          useIcons: true,
          processOutput: new ProcessOutput(stream, stream, {leaveEmptyLine: false}),
        }),
      },
    },
  ).run()
}

async function everySecond(redraw: () => void, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(1000, signal)
      redraw()
    }
  } catch {
    // The clock's only failure is the abort that ends this loop.
  }
}
