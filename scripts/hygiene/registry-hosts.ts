import {execFile} from 'node:child_process'
import {readdir, readFile} from 'node:fs/promises'
import {promisify} from 'node:util'

const run = promisify(execFile)

/**
 * The hosts this machine gets packages from: npm's registry, Go's module proxies and apt's mirrors. They are read from the
 * machine at run time because naming them here would be the very thing this is meant to find.
 */
export async function registryHosts(): Promise<readonly string[]> {
  const texts = await Promise.all([
    output('npm', ['config', 'get', 'registry']),
    output('go', ['env', 'GOPROXY', 'GOSUMDB']),
    aptSources(),
  ])
  return hostsIn(texts.join('\n'))
}

/** Every host that stands in a URL of the text, once each. A name without a dot is no host that could be mistaken. */
export function hostsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/\bhttps?:\/\/(?:[^\s/@,|]*@)?([\w.-]+)/g)].flatMap(([, host]) => host ?? [])
  return [...new Set(found)].filter((host) => host.includes('.') && host !== '127.0.0.1')
}

async function output(program: string, args: readonly string[]): Promise<string> {
  return run(program, args, {timeout: 20_000}).then(
    ({stdout}) => stdout,
    () => '',
  )
}

async function aptSources(): Promise<string> {
  const folder = '/etc/apt/sources.list.d'
  const names = await readdir(folder).catch(() => [])
  const files = [
    '/etc/apt/sources.list',
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => `${folder}/${name}`),
  ]
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return texts.join('\n')
}
