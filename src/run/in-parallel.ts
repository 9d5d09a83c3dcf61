/** The results of `work` for each item, in the items' order, at most `limit` at a time. When one fails, the others are waited for and the first failure is thrown. */
export async function inParallel<A, B>(
  items: readonly A[],
  work: (item: A) => Promise<B>,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly B[]> {
  const results = new Map<number, B>()
  const failures: unknown[] = []
  const queue = [...items.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next && failures.length === 0; next = queue.shift()) {
      const [index, item] = next
      await work(item).then(
        (result) => results.set(index, result),
        (error: unknown) => failures.push(error),
      )
    }
  }
  await Promise.all(Array.from({length: Math.min(limit, items.length)}, worker))
  if (failures.length > 0) throw failures[0]
  return items.map((_, index) => results.get(index) as B)
}
