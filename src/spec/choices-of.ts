/** The options of a registry as choices, in its order: its key is the value. */
export function choicesOf<K extends string>(
  registry: Readonly<Record<K, {readonly title: string; readonly summary: string}>>,
): readonly {readonly value: K; readonly title: string; readonly summary: string}[] {
  // TypeScript widens the keys of an object to string; a registry has no others than its own.
  const entries = Object.entries(registry) as [K, {readonly title: string; readonly summary: string}][]
  return entries.map(([value, {title, summary}]) => ({value, title, summary}))
}
