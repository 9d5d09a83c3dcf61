/** What changes between two texts: lines that go with `-`, lines that come with `+`, the unchanged ones around them with a space. Empty: nothing. */
export function lineDiff(before: string, after: string): readonly string[] {
  if (before === after) return []
  const [old, next] = [linesOf(before), linesOf(after)]
  const head = countSame(old, next)
  const tail = Math.min(countSame(old.toReversed(), next.toReversed()), Math.min(old.length, next.length) - head)
  return [
    ...old.slice(0, head).map((line) => `  ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `- ${line}`),
    ...next.slice(head, next.length - tail).map((line) => `+ ${line}`),
    ...old.slice(old.length - tail).map((line) => `  ${line}`),
  ]
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n')
}

function countSame(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((line, index) => line !== other[index])
  return end === -1 ? Math.min(one.length, other.length) : end
}
