/** Whether two keys are spellings of one name: rangeStart, range_start, RangeStart. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(key: string): string {
  return key.replaceAll(/[-_]/g, '').toLowerCase()
}
