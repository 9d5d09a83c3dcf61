import {execFile} from 'node:child_process'

/** How a child ended; a non-zero exit is a value. */
export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A program, by argv, with a deadline. Throws when it cannot start or takes longer. */
export function ran(
  argv: readonly [string, ...string[]],
  options: {readonly timeoutSeconds?: number; readonly stdin?: string} = {},
): Promise<Ran> {
  const [file, ...args] = argv
  const timeoutSeconds = options.timeoutSeconds ?? 60
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      {timeout: timeoutSeconds * 1000, maxBuffer: 64 * 2 ** 20},
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') {
          reject(
            new Error(
              `${argv.join(' ')}: ${error.killed === true ? `no end within ${timeoutSeconds} s` : error.message}`,
            ),
          )
        } else {
          resolve({exitCode: Number(error?.code ?? 0), stdout, stderr})
        }
      },
    )
    // A program may end before it has read its input, and that is no failure of ours.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.stdin ?? '')
  })
}

/** stdout of a docker command, without the last line break. Throws when it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  const {exitCode, stdout, stderr} = await ran(['docker', ...args], {timeoutSeconds: 180})
  if (exitCode !== 0) throw new Error(`docker ${args.join(' ')}: exit ${exitCode}\n${stderr}${stdout}`)
  return stdout.trimEnd()
}

/** The lines of what docker lists; none for an empty answer. */
export async function dockerLines(...args: readonly string[]): Promise<readonly string[]> {
  const text = await docker(...args)
  return text === '' ? [] : text.split('\n')
}

/** Containers of kind clusters whose name starts with `prefix`, running or not: `cluster container` by line. */
export async function kindContainers(
  prefix: string,
): Promise<readonly {readonly cluster: string; readonly name: string}[]> {
  const label = 'io.x-k8s.kind.cluster'
  const lines = await dockerLines(
    'ps',
    '-a',
    '--filter',
    `label=${label}`,
    '--format',
    `{{.Label "${label}"}} {{.Names}}`,
  )
  return lines
    .map((line) => line.split(' ') as [string, string])
    .map(([cluster, name]) => ({cluster, name}))
    .filter(({cluster}) => cluster.startsWith(prefix))
}

/** Engine networks of ours for clusters whose name starts with `prefix`, told by their label. */
export async function labelledNetworks(prefix: string): Promise<readonly string[]> {
  const label = 'k8s-local.dev/cluster'
  const lines = await dockerLines(
    'network',
    'ls',
    '--filter',
    `label=${label}`,
    '--format',
    `{{.Label "${label}"}} {{.Name}}`,
  )
  return lines
    .map((line) => line.split(' ') as [string, string])
    .filter(([cluster]) => cluster.startsWith(prefix))
    .map(([, name]) => name)
}

/** Address of each node of a cluster on each engine network, as the engine says: node → network → IPv4. */
export async function engineAddresses(
  cluster: string,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const nodes = (await kindContainers(cluster))
    .filter((container) => container.cluster === cluster)
    .map(({name}) => name)
  const format = '{{.Name}} {{json .NetworkSettings.Networks}}'
  const lines = await dockerLines('container', 'inspect', '--format', format, ...nodes)
  return Object.fromEntries(
    lines.map((line) => {
      const cut = line.indexOf(' ')
      const networks = JSON.parse(line.slice(cut + 1)) as Readonly<Record<string, {readonly IPAddress: string}>>
      const addresses = Object.fromEntries(
        Object.entries(networks).map(([network, {IPAddress}]) => [network, IPAddress]),
      )
      return [line.slice(0, cut).replace(/^\//, ''), addresses]
    }),
  )
}
