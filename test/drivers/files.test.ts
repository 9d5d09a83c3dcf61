import {execFileSync} from 'node:child_process'
import {chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {describe, expect, test} from 'vitest'
import {writeAtomically} from '../../src/drivers/files/atomic-write.ts'
import {createFileDriver} from '../../src/drivers/files.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const folder = scratchFolder()
const files = createFileDriver({HOME: folder})

describe('writing', () => {
  test('makes the folders on the way and sets the mode whatever the umask', async () => {
    const file = join(folder, 'a', 'b', 'c')
    await files.write(file, 'text', 0o600)

    expect(await files.read(file)).toBe('text')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('replaces a file as a whole, and leaves the old one and nothing else when it fails half way', async () => {
    const file = join(folder, 'whole', 'file')
    await files.write(file, 'old')

    const failing = writeAtomically(file, async (handle) => {
      await handle.writeFile('ne')
      throw new Error('power cut')
    })

    await expect(failing).rejects.toThrow('power cut')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(dirname(file))).toEqual(['file'])
  })

  test('a full disk and a folder that is none are Problems', async () => {
    writeFileSync(join(folder, 'plain'), '')
    const full = writeAtomically(join(folder, 'x'), () =>
      Promise.reject(Object.assign(new Error('write'), {code: 'ENOSPC'})),
    )

    expect((await problemOf(full)).name).toBe('disk-full')
    expect(await problemOf(files.write(join(folder, 'plain', 'x'), ''))).toMatchObject({
      name: 'file-unwritable',
      cause: expect.stringMatching(/ENOTDIR|EEXIST/),
    })
  })

  test('removing takes folders too, and what is not there is fine', async () => {
    await files.write(join(folder, 'gone', 'deep'), '')

    await files.remove(join(folder, 'gone'))
    await files.remove(join(folder, 'gone'))

    expect(await files.list(join(folder, 'gone'))).toEqual([])
  })
})

describe('reading', () => {
  test('what is not there is undefined, what may not be read is an error', async () => {
    expect(await files.read(join(folder, 'no', 'such'))).toBeUndefined()
    await expect(files.read(folder)).rejects.toThrow('EISDIR')
  })

  test('names are sorted', async () => {
    mkdirSync(join(folder, 'list'))
    for (const name of ['b', 'a', 'c']) writeFileSync(join(folder, 'list', name), '')

    expect(await files.list(join(folder, 'list'))).toEqual(['a', 'b', 'c'])
  })

  test('rewriting keeps a link, and the mode of what it points at', async () => {
    const [real, link] = [join(folder, 'rewrite.real'), join(folder, 'rewrite.link')]
    await files.write(real, 'old', 0o640)
    symlinkSync(real, link)
    await files.rewrite(link, 'new')

    expect(readFileSync(real, 'utf8')).toBe('new')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(statSync(real).mode & 0o777).toBe(0o640)
  })

  test('finds a file itself and all files below a folder, without hidden ones and installed packages', async () => {
    const root = join(folder, 'find')
    for (const name of ['b/two.yaml', 'a.yaml', '.git/config', 'node_modules/x/y.yaml', 'b/.hidden'])
      await files.write(join(root, name), '')
    symlinkSync(root, join(root, 'b', 'loop'))

    expect(await files.find(root)).toEqual([join(root, 'a.yaml'), join(root, 'b/two.yaml')])
    expect(await files.find(join(root, '.git/config'))).toEqual([join(root, '.git/config')])
    expect(await files.find(join(root, 'gone'))).toBeUndefined()
  })

  test('the hash is that of the standard’s example, and an abort ends it', async () => {
    const file = join(folder, 'hashed')
    writeFileSync(file, 'abc')

    // FIPS 180-2, appendix B.1.
    expect(await files.sha256(file)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect((await problemOf(files.sha256(file, AbortSignal.abort()))).name).toBe('interrupted')
  })
})

describe('whether a file could be written', () => {
  test.each([
    ['new/file', undefined],
    ['plain', undefined],
    ['plain/below', 'is not a folder'],
    ['list', 'is a folder'],
  ])('%s', async (name, reason) => {
    const answer = await files.writable(join(folder, name))

    expect(answer.writable).toBe(reason === undefined)
    expect(answer.reason ?? '').toContain(reason ?? '')
  })

  test('asks the folder when the file is not there yet', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)

    // root may write everywhere.
    expect((await files.writable(join(closed, 'x'))).writable).toBe(process.getuid?.() === 0)
  })
})

describe('an archive', () => {
  const long = `${'d'.repeat(90)}/${'e'.repeat(40)}/${'f'.repeat(70)}`

  const packed: Record<string, string> = {}

  function pack(format: string): string {
    return (packed[format] ??= packAnew(format))
  }

  function packAnew(format: string): string {
    const source = join(folder, `tree-${format}`)
    mkdirSync(join(source, dirname(long)), {recursive: true})
    writeFileSync(join(source, long), 'long')
    writeFileSync(join(source, 'bin'), Buffer.alloc(1_000_001, 1), {mode: 0o755})
    writeFileSync(join(source, 'empty'), '')
    symlinkSync('bin', join(source, 'link'))
    const archive = join(folder, `${format}.tgz`)
    execFileSync('tar', [`--format=${format}`, '-czf', archive, '-C', source, '.'])
    return archive
  }

  test.each(['gnu', 'pax', 'ustar'])(
    'of format %s gives its regular files, names of any length, and their modes',
    async (format) => {
      const seen: Record<string, readonly [number, number]> = {}
      await files.untar(pack(format), (name, mode, bytes) => {
        seen[name] = [mode & 0o111, bytes.length]
        return Promise.resolve()
      })

      expect(seen).toEqual({[long]: [0, 4], bin: [0o111, 1_000_001], empty: [0, 0]})
    },
  )

  test('that is cut off, or is none, is corrupt', async () => {
    const whole = readFileSync(pack('gnu'))
    const cases = {
      'cut.tgz': whole.subarray(0, whole.length / 2),
      'text.tgz': Buffer.from('<html>'),
      'zeros.tgz': gzipSync(Buffer.alloc(600, 65)),
    }
    for (const [name, bytes] of Object.entries(cases)) {
      writeFileSync(join(folder, name), bytes)
      expect((await problemOf(files.untar(join(folder, name), () => Promise.resolve()))).name).toBe('artifact-corrupt')
    }
  })

  test('that would write outside its folder is refused', async () => {
    writeFileSync(join(folder, 'evil'), '')
    const archive = join(folder, 'evil.tgz')
    execFileSync('tar', ['-czPf', archive, '-C', join(folder, 'list'), '../evil'])

    expect((await problemOf(files.untar(archive, () => Promise.resolve()))).cause).toContain('leads out of its folder')
  })

  test('whose reader fails ends with the reader’s error', async () => {
    const wrong = new Error('a mistake of ours')

    await expect(files.untar(pack('gnu'), () => Promise.reject(wrong))).rejects.toBe(wrong)
  })
})

describe('paths', () => {
  test('follow XDG, and ignore values that are not absolute', () => {
    expect(createFileDriver({HOME: '/home/me'}).paths).toMatchObject({
      cache: '/home/me/.cache/k8s-local',
      state: '/home/me/.local/state/k8s-local',
    })
    expect(createFileDriver({HOME: '/home/me', XDG_CACHE_HOME: '/c', XDG_STATE_HOME: 'relative'}).paths).toMatchObject({
      cache: '/c/k8s-local',
      state: '/home/me/.local/state/k8s-local',
    })
  })

  test('the kubeconfig is the one that kubectl would write', () => {
    const kubeconfig = (value?: string): string =>
      createFileDriver({HOME: '/home/me', ...(value === undefined ? {} : {KUBECONFIG: value})}).paths.kubeconfig
    writeFileSync(join(folder, 'exists'), '')

    expect(kubeconfig()).toBe('/home/me/.kube/config')
    expect(kubeconfig('')).toBe('/home/me/.kube/config')
    expect(kubeconfig('/a:/b')).toBe('/b')
    expect(kubeconfig(`/a:${join(folder, 'exists')}:/b`)).toBe(join(folder, 'exists'))
  })

  test('the package’s own files are found', () => {
    expect(readdirSync(files.paths.packageRoot)).toContain('manifests')
  })
})
