/** The words as one shell line that can be pasted: quoted where the shell would read more into them. */
export function shellText(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}

/** A command that reads the text from its standard input, as a here-document. */
export function hereDocument(argv: readonly string[], text: string): string {
  return `${shellText(argv)} <<'EOF'\n${text.trimEnd()}\nEOF`
}
