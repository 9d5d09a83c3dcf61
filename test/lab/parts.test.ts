import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {labFolder, labShell} from './lab-run.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-parts-'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

describe('image archives', () => {
  const write = `cd "$1"; mkdir -p tree/bin; echo program >tree/bin/tool; chmod 755 tree/bin/tool; ln -s tool tree/bin/link
    image_of_tree "$1/image.tar" example.test/tool:v1 '{"Cmd": ["/bin/tool"], "Env": ["a=b"]}' tree`
  const member = (name: string): string => spawnSync('tar', ['-xOf', join(folder, 'image.tar'), name]).stdout.toString()

  test('are what docker load reads: manifest, configuration and layer agree', async () => {
    expect(await labShell(['tar', 'image'], write, [folder])).toMatchObject({status: 0})
    const [manifest] = JSON.parse(member('manifest.json'))
    const config = JSON.parse(member(manifest.Config))
    expect(manifest.RepoTags).toEqual(['example.test/tool:v1'])
    expect(config.config.Cmd).toEqual(['/bin/tool'])
    expect(config.config.Env).toEqual([expect.stringMatching(/^PATH=\//), 'a=b'])
    expect(config.rootfs.diff_ids).toEqual([`sha256:${manifest.Layers[0].replace('.tar', '')}`])
  })

  test('have the digest of their configuration as their image id', async () => {
    await labShell(['tar', 'image'], write, [folder])
    const [manifest] = JSON.parse(member('manifest.json'))
    const digest = createHash('sha256').update(member(manifest.Config)).digest('hex')
    expect(readFileSync(join(folder, 'image-id'), 'utf8')).toBe(`sha256:${digest}\n`)
  })

  test('are the same bytes whenever they are written', async () => {
    await labShell(['tar', 'image'], write, [folder])
    const first = readFileSync(join(folder, 'image.tar'))
    rmSync(join(folder, 'tree'), {recursive: true})
    await labShell(['tar', 'image'], write.replace('image_of_tree', 'touch -d 2001-01-01 tree/bin; image_of_tree'), [
      folder,
    ])
    expect(readFileSync(join(folder, 'image.tar')).equals(first)).toBe(true)
  })
})

describe('the Debian mirror', () => {
  const mirror = (files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, 'sources.list.d'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return labShell(['debian'], 'debian_mirror "$1"', [folder])
  }

  test('is read from sources in the newer format', async () => {
    const text =
      'Types: deb\nURIs: http://mirror.test/debian-security\n\nTypes: deb\nURIs: http://mirror.test/debian/\n'
    expect(await mirror({'sources.list.d/debian.sources': text})).toMatchObject({stdout: 'http://mirror.test/debian\n'})
  })

  test('is read from sources in the one-line format, with and without options', async () => {
    const text =
      '# deb http://no.test/debian x main\ndeb [arch=amd64 signed-by=/k] https://m.test/debian bookworm main\n'
    expect(await mirror({'sources.list': text})).toMatchObject({stdout: 'https://m.test/debian\n'})
  })

  test('is missed with a message where there is none', async () => {
    expect(await mirror({'sources.list': 'deb http://m.test/ubuntu noble main\n'})).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no Debian mirror'),
    })
  })
})

describe('runc without CAP_SYS_RESOURCE', () => {
  test.each([
    ['first', '["CAP_SYS_RESOURCE","CAP_CHOWN"]', '["CAP_CHOWN"]'],
    ['last', '["CAP_CHOWN","CAP_SYS_RESOURCE"]', '["CAP_CHOWN"]'],
    ['absent', '["CAP_CHOWN"]', '["CAP_CHOWN"]'],
  ])('takes the capability out of the request where it is %s', (_place, before, after) => {
    expect(request(`{"capabilities":${before},"oomScoreAdj":-500}`)).toBe(`{"capabilities":${after},"oomScoreAdj":0}`)
  })

  test('hands the arguments and the status of the real runc through', () => {
    const run = wrapper(['create', '--bundle', folder, 'name'])
    expect(run.stdout.toString()).toBe(`create --bundle ${folder} name\n`)
    expect(run.status).toBe(7)
  })

  function request(text: string): string {
    writeFileSync(join(folder, 'config.json'), text)
    wrapper(['create', '--bundle', folder, 'name'])
    return readFileSync(join(folder, 'config.json'), 'utf8')
  }

  function wrapper(args: readonly string[]) {
    const bin = join(folder, 'bin')
    mkdirSync(bin, {recursive: true})
    writeFileSync(join(bin, 'runc'), '#!/bin/sh\necho "$@"\nexit 7\n')
    chmodSync(join(bin, 'runc'), 0o755)
    const env = {...process.env, PATH: `${bin}:${process.env['PATH']}`}
    return spawnSync(join(labFolder, 'engine.d/runc-without-sys-resource'), [...args], {env})
  }
})
