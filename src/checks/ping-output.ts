/** What ping counted. */
export interface PingFigures {
  readonly sent: number
  readonly received: number
  readonly averageMs: number | null
}

/** The figures that ping printed, of iputils (`rtt min/avg/max/mdev = …`) and of busybox (`round-trip min/avg/max = …`). Nothing received where it printed none. */
export function readPing(output: string): PingFigures {
  const [, sent = '0', received = '0'] = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(output) ?? []
  const [, average] = /(?:rtt|round-trip) min\/avg\/max(?:\/mdev)? = [\d.]+\/([\d.]+)\//.exec(output) ?? []
  return {sent: Number(sent), received: Number(received), averageMs: average === undefined ? null : Number(average)}
}
