import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {clock} from '../../src/drivers/clock.ts'
import {createHostDriver} from '../../src/drivers/host.ts'
import {parseLinuxRoutes, parseNetstatRoutes} from '../../src/drivers/host/routes.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const folder = scratchFolder()

describe('routes', () => {
  test('of Linux are read from little-endian hex, without the default route', () => {
    const table = [
      'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'br-1\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
      'tun0\t0A08A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
      '',
    ].join('\n')

    expect(parseLinuxRoutes(table)).toEqual(['172.18.0.0/16', '192.168.8.10/32'])
  })

  test('of macOS are completed where netstat leaves octets and masks out', () => {
    const output = [
      'Routing tables',
      '',
      'Internet:',
      'Destination        Gateway            Flags               Netif Expire',
      'default            192.168.1.1        UGScg                 en0',
      '10                 link#20            UCS                 utun4',
      '127.0.0.1          127.0.0.1          UH                    lo0',
      '169.254            link#11            UCS                   en0      !',
      '192.168.64/24      link#22            UC              bridge100',
    ].join('\n')

    expect(parseNetstatRoutes(output)).toEqual(['10.0.0.0/8', '127.0.0.1/32', '169.254.0.0/16', '192.168.64.0/24'])
  })
})

describe('this machine', () => {
  const host = createHostDriver(createProcessDriver(), {PATH: `relative:${folder}:/usr/bin:/bin`})

  test('a program is found where it can be executed', async () => {
    writeFileSync(join(folder, 'sh'), 'a file that is no program', {mode: 0o644})
    writeFileSync(join(folder, 'ours'), '#!/bin/sh\n', {mode: 0o755})

    expect(await host.which('sh')).toMatch(/^\/(?:usr\/)?bin\/sh$/)
    expect(await host.which('ours')).toBe(join(folder, 'ours'))
    expect(await host.which(join(folder, 'ours'))).toBe(join(folder, 'ours'))
    expect(await host.which('no-such-program')).toBeUndefined()
  })

  test('tells free bytes of a folder, and nothing of one that it cannot see', async () => {
    expect(await host.diskFree(folder)).toBeGreaterThan(0)
    expect(await host.diskFree('/no/such/folder')).toBeUndefined()
  })

  test('tells its platform in Go’s words', () => {
    expect(host.platform()).toMatchObject({os: process.platform, arch: expect.stringMatching(/^(amd64|arm64)$/)})
  })
})

test('a sleep ends when its signal aborts', async () => {
  const abort = new AbortController()
  const started = clock.now()
  setTimeout(() => abort.abort(), 20)

  expect((await problemOf(clock.sleep(60_000, abort.signal))).name).toBe('interrupted')
  expect(clock.now() - started).toBeLessThan(5000)
})
