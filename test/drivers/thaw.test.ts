import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {thawContainers} from '../../src/drivers/engine/thaw.ts'

const id = 'c28fc7496b8b'

describe('thawing containers that cannot be killed', () => {
  let root: string
  beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'k8s-local-freezer-'))))
  afterEach(() => rmSync(root, {recursive: true}))

  test('thaws what froze itself, however deep, and leaves all else', async () => {
    const pod = group(`${id}/kubelet.slice/pod.slice/cri.scope`, '1', 'FROZEN')
    const parent = group(`${id}/kubelet.slice`, '0', 'FROZEN')
    const other = group('another', '1', 'FROZEN')

    expect(await thawContainers([id], root)).toBe(true)

    expect(readFileSync(pod, 'utf8')).toBe('THAWED')
    expect(readFileSync(parent, 'utf8')).toBe('FROZEN')
    expect(readFileSync(other, 'utf8')).toBe('FROZEN')
  })

  test('says that nothing was frozen, also where there is no such freezer', async () => {
    group(`${id}/kubelet.slice`, '0', 'THAWED')

    expect(await thawContainers([id], root)).toBe(false)
    expect(await thawContainers([id], join(root, 'absent'))).toBe(false)
  })

  function group(path: string, frozen: string, state: string): string {
    const folder = join(root, path)
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'freezer.self_freezing'), `${frozen}\n`)
    writeFileSync(join(folder, 'freezer.state'), state)
    return join(folder, 'freezer.state')
  }
})
