import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {must, root, run} from './shell-out.ts'

const patienceMilliseconds = 4000
/** Where references without a host, such as kindest/node, are served. */
const dockerHub = 'registry-1.docker.io'

/**
 * Makes sure that a container engine answers, and finds out where artifacts come from: undefined for the registries, else
 * the folder of a bundle: that of K8S_LOCAL_BUNDLE, or the lab's, which is built when it is not there.
 */
export async function artifactSource(): Promise<string | undefined> {
  if (!(await engineAnswers())) await must(['bash', 'lab/engine'])
  if (process.env['K8S_LOCAL_BUNDLE']) return process.env['K8S_LOCAL_BUNDLE']
  const silent = await silentHosts()
  if (silent.length === 0) return undefined
  console.error(`No answer from ${silent.join(', ')}: artifacts come from the lab's offline bundle`)
  const {stdout} = await must(['bash', 'lab/build'])
  return stdout.trim().split('\n').at(-1)
}

/** Hosts that the lock's artifacts come from and that do not answer within four seconds. Any status is an answer. */
async function silentHosts(): Promise<readonly string[]> {
  const lock = await readFile(join(root, 'manifests/lock.yaml'), 'utf8')
  const registries = [...lock.matchAll(/\breference:\s*([^/\s]+)\//g)].map(([, first = '']) =>
    first.includes('.') ? first : dockerHub,
  )
  const sources = [...lock.matchAll(/\bsource:\s*https:\/\/([^/\s]+)\//g)].map(([, host = '']) => host)
  const hosts = [...new Set([...registries, ...sources])]
  const answers = await Promise.all(hosts.map(answer))
  return hosts.filter((_, index) => !answers[index])
}

async function answer(host: string): Promise<boolean> {
  return fetch(`https://${host}/`, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMilliseconds),
  }).then(
    () => true,
    () => false,
  )
}

async function engineAnswers(): Promise<boolean> {
  return (await run(['docker', 'version', '--format', '{{.Server.Version}}'])).code === 0
}
