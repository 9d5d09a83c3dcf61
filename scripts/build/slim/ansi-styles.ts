/** Closing code of each SGR code: all that wrap-ansi 7 asks for, to close colours at a line's end (ECMA-48, 8.3.117). */
const codes = new Map<number, number>([
  [0, 0],
  [1, 22],
  [2, 22],
  [3, 23],
  [4, 24],
  [7, 27],
  [8, 28],
  [9, 29],
])
for (const [first, close] of [
  [30, 39],
  [90, 39],
  [40, 49],
  [100, 49],
] as const) {
  for (let code = first; code < first + 8; code++) codes.set(code, close)
}

export {codes}
