import {randomBytes} from 'node:crypto'
import {afterAll, describe, expect, test} from 'vitest'
import type {EngineDriver} from '../../../src/drivers/ports.ts'
import {problemOf} from '../problem-of.ts'

export interface EngineUnderTest {
  readonly engine: EngineDriver
  /** Name of a running container with `sh` in it, labelled `k8s-local.dev/test`. */
  readonly container?: string
}

/** What every engine must do under our driver: run against the simulated one always, against a real one on demand. */
export function engineContract(name: string, connect: () => Promise<EngineUnderTest>): void {
  describe(`the engine driver, on ${name}`, () => {
    const suffix = randomBytes(3).toString('hex')
    const octet = 64 + ((randomBytes(1)[0] ?? 0) % 128)
    const network = {
      name: `kl-contract-${suffix}`,
      subnet: `10.213.${octet}.0/24`,
      nodeRange: `10.213.${octet}.0/27`,
      labels: {'k8s-local.dev/cluster': 'contract'},
    }
    const ready = connect()
    afterAll(async () => {
      const {engine} = await ready
      await engine.removeNetwork(network.name)
    })

    test('says what it is', async () => {
      const info = await (await ready).engine.info()

      expect(info.version).toMatch(/^\d+\.\d+/)
      expect(info.platform).toMatch(/^linux\/\w+$/)
      expect(info.memory).toBeGreaterThan(0)
      expect(info.cpus).toBeGreaterThan(0)
    })

    test('makes a network once, shows it with its labels, refuses its name and its subnet, and removes it', async () => {
      const {engine} = await ready
      await engine.createNetwork(network)

      const made = (await engine.networks()).find((one) => one.name === network.name)
      expect(made).toEqual({
        name: network.name,
        subnets: [network.subnet],
        labels: network.labels,
        internal: true,
        containers: [],
      })
      expect(
        (await problemOf(engine.createNetwork({...network, subnet: '10.213.1.0/24', nodeRange: '10.213.1.0/27'}))).name,
      ).toBe('engine-network-conflict')
      expect((await problemOf(engine.createNetwork({...network, name: `${network.name}-b`}))).name).toBe(
        'engine-network-conflict',
      )

      await engine.removeNetwork(network.name)
      await engine.removeNetwork(network.name)
      expect((await engine.networks()).map((one) => one.name)).not.toContain(network.name)
    })

    test('has no id for an image that it does not hold, and no container of a label that nobody wears', async () => {
      const {engine} = await ready

      expect(await engine.imageId(`kl-contract/none:${suffix}`)).toBeUndefined()
      expect(await engine.containers(`k8s-local.dev/none=${suffix}`)).toEqual([])
      await engine.removeContainers([`kl-contract-none-${suffix}`])
    })

    test('names a container that is not there, and a file to load that is not', async () => {
      const {engine} = await ready

      expect((await problemOf(engine.exec(`kl-contract-none-${suffix}`, ['ls']))).name).toBe('engine-failed')
      expect((await problemOf(engine.load('/no/such/images.tar'))).name).toBe('engine-failed')
      expect((await problemOf(engine.tag(`kl-contract/none:${suffix}`, 'x:1'))).name).toBe('engine-failed')
    })

    test('runs programs in a container, connects it under the address that is asked for, and gives both back', async ({
      skip,
    }) => {
      const {engine, container = ''} = await ready
      skip(container === '', 'no image to run is named')
      await engine.createNetwork(network)

      expect(await engine.exec(container, ['sh', '-c', 'cat; exit 3'], {stdin: 'hello'})).toMatchObject({
        exitCode: 3,
        stdout: 'hello',
      })
      expect((await engine.exec(container, ['no-such-program'])).exitCode).toBeGreaterThan(125)

      const ip = network.subnet.replace('.0/24', '.7')
      await engine.connect(network.name, container, ip)
      const [seen] = await engine.containers('k8s-local.dev/test')
      expect(seen).toMatchObject({
        name: container,
        state: 'running',
        addresses: {[network.name]: {ip, mac: expect.stringMatching(/^[0-9a-f:]{17}$/)}},
      })
      expect((await engine.networks()).find((one) => one.name === network.name)?.containers).toEqual([container])

      await engine.stopContainers([container])
      expect(await engine.containers('k8s-local.dev/test')).toMatchObject([{state: 'exited'}])
      await engine.startContainers([container])
      expect(await engine.containers('k8s-local.dev/test')).toMatchObject([{state: 'running'}])

      await engine.removeContainers([container])
      expect(await engine.containers('k8s-local.dev/test')).toEqual([])
    })
  })
}
