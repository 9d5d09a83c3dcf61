import {describe, expect, test} from 'vitest'
import {markedLayers, shareLayers} from '../../../src/run/warm/share-layers.ts'
import {fakeContext, fakeExec} from '../fakes.ts'

/** As GNU tar 1.34 lists an archive with the marks of three layers: one deletes a file, one hides a folder, one does neither. */
const listing = `drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/30/
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/30/fs/
crw-r--r--  root/root       0,0 2026-11-28 10:39 snapshots/30/fs/gone
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/5/
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/5/fs/
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/5/fs/d/
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/4/
drwxr-xr-x  root/root         0 2026-11-28 10:39 snapshots/4/fs/
drwxr-xr-x* root/root         0 2026-11-28 10:39 snapshots/4/fs/d/
`
const snapshots = 'io.containerd.snapshotter.v1.overlayfs/snapshots'

test('a layer is marked by a device node, and by an attribute of an overlay', () => {
  expect([...markedLayers(listing)].toSorted()).toEqual(['30', '4'])
})

describe('layers that all nodes share', () => {
  const {exec, asked} = fakeExec((_node, argv) => {
    if (argv[0] === 'tar') return listing
    if (argv[0] === 'ls') return argv.includes(`/base/${snapshots}`) ? '1\n2\n' : '1\n2\n30\n4\n5\n'
    return ''
  })

  test('are those that the node image has not, and that delete nothing', async () => {
    const where = {container: 'build', store: '/store', base: '/base', marks: '/marks.tar'}
    await shareLayers(where, fakeContext({engine: {exec}}))

    const changes = asked.filter((line) => !/^build: (ls|tar) /.test(line))
    expect(changes).toEqual([
      'build: mkdir --parents /opt/k8s-local/layers',
      `build: cp --archive --no-target-directory /store/${snapshots}/5/fs /opt/k8s-local/layers/5`,
      `build: rm --recursive --force /store/${snapshots}/5/fs`,
      `build: ln --symbolic /opt/k8s-local/layers/5 /store/${snapshots}/5/fs`,
    ])
  })
})
