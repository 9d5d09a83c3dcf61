import {describe, expect, test} from 'vitest'
import {carryInBundle, type WarmRow} from '../../../src/run/artifact-index/carry-in-bundle.ts'
import {readBundle} from '../../../src/run/artifact-index/read-bundle.ts'
import {fakeFiles} from '../fakes.ts'

const hash = (digit: string) => digit.repeat(64)

const row: WarmRow = {
  name: 'warm-node',
  type: 'node-image',
  version: 'v1.34.4',
  reference: 'k8s-local/warm-node:v1.34.4-aaaaaaaaaaaaaaaa',
  imageId: `sha256:${hash('1')}`,
  contentsHash: hash('a'),
  file: 'warm-node-v1.34.4-aaaaaaaaaaaaaaaa.tar',
  sha256: hash('2'),
  size: 1_890_000_000,
}

const plain = `# made by hand
apiVersion: k8s-local/v1
kind: Bundle
platform: linux/amd64
team: networks # not known to k8s-local
artifacts:
  # the tools
  - name: probe
    type: image
    version: "2.53"
    reference: k8s-local/probe:v1
    file: images/probe.tar
    sha256: ${hash('c')}
    mirror: inside
`

/** The index with a warm image of these contents in it. */
function carrying(digit: string, file = `warm-node-${digit}.tar`, index = plain): string {
  return `${index}  - {name: warm-node, type: node-image, version: v1.34.4, reference: 'w:${digit}', contentsHash: ${hash(digit)}, file: ${file}, sha256: ${hash('d')}}\n`
}

describe('a bundle.yaml that carries a warm image', () => {
  test('has all that it had, comments and what nobody knows included, and the row at its end', () => {
    const {text, unnamed} = carryInBundle(plain, row, [])

    expect(text.startsWith(plain)).toBe(true)
    expect(text.slice(plain.length)).toBe(
      [
        '  - name: warm-node',
        '    type: node-image',
        '    version: v1.34.4',
        '    reference: k8s-local/warm-node:v1.34.4-aaaaaaaaaaaaaaaa',
        `    imageId: sha256:${hash('1')}`,
        `    contentsHash: ${hash('a')}`,
        '    file: warm-node-v1.34.4-aaaaaaaaaaaaaaaa.tar',
        `    sha256: "${hash('2')}"`,
        '    size: 1890000000',
        '',
      ].join('\n'),
    )
    expect(unnamed).toEqual([])
  })

  test('is read back as it was written, also where its file is not there: only who uses it needs it', async () => {
    const {text} = carryInBundle(plain, row, [])
    const files = fakeFiles({'/bundle/bundle.yaml': text, '/bundle/images/probe.tar': ''})

    const found = (await readBundle({folder: '/bundle', platform: 'linux/amd64', files})).at(-1)

    const {file, ...rest} = row
    expect(found).toEqual({...rest, platform: 'linux/amd64', origin: {kind: 'bundle', file: `/bundle/${file}`}})
  })

  test('drops warm images that no cluster of it would use, with their files, and keeps those of other modes', () => {
    const before = carrying('e', 'mode.tar', carrying('b', 'old.tar'))

    const {text, unnamed} = carryInBundle(before, row, [hash('a'), hash('e')])

    expect(unnamed).toEqual(['old.tar'])
    expect(text.match(/contentsHash: "?(.)/g)).toEqual(['contentsHash: e', 'contentsHash: a'])
  })

  test('has one row of the same contents, and never loses a file that another row names', () => {
    const {text, unnamed} = carryInBundle(carrying('a', row.file), row, [])
    const shared = carryInBundle(carrying('b', 'images/probe.tar'), row, [])

    expect(text.match(/name: warm-node/g)).toHaveLength(1)
    expect(unnamed).toEqual([])
    expect(shared.unnamed).toEqual([])
  })

  test('without its contents is refused', async () => {
    const files = fakeFiles({'/bundle/bundle.yaml': carrying('b').replace(/contentsHash: b+/, 'contentsHash: b')})

    await expect(readBundle({folder: '/bundle', platform: 'linux/amd64', files})).rejects.toMatchObject({
      data: {name: 'bundle-invalid', findings: [{message: 'contentsHash must be 64 hexadecimal digits'}]},
    })
  })
})
