/** Texts by path, from the output of `head` for several files (`==> path <==` before each; GNU coreutils and busybox). */
export function readHeads(heads: string): ReadonlyMap<string, string> {
  const pieces = heads.split(/^==> (.+) <==$/m).slice(1)
  const texts = new Map<string, string>()
  for (let index = 0; index + 1 < pieces.length; index += 2)
    texts.set(pieces[index] ?? '', (pieces[index + 1] ?? '').trim())
  return texts
}
