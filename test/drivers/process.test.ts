import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {describe, expect, test} from 'vitest'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {fanOut} from '../../src/run/images/fan-out.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const processes = createProcessDriver()
const folder = scratchFolder()

function isAlive(pid: number): boolean {
  // One that has ended may be a zombie for a while, where nobody waits for it.
  return existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

async function gone(pid: number): Promise<boolean> {
  for (let look = 0; look < 40 && isAlive(pid); look += 1) await wait(50)
  return !isAlive(pid)
}

describe('what a program ends with', () => {
  test('a non-zero exit is a value, with both outputs as they were printed', async () => {
    const finished = await processes.run(['sh', '-c', 'echo out; echo err >&2; exit 3'])

    expect(finished).toEqual({exitCode: 3, stdout: 'out\n', stderr: 'err\n'})
  })

  test('words reach the program as they are, without a shell', async () => {
    const {stdout} = await processes.run(['printf', '%s|', 'a b', '$HOME', '; rm', ''])

    expect(stdout).toBe('a b|$HOME|; rm||')
  })

  test('`must` turns a non-zero exit into a Problem with the last lines, secrets hidden', async () => {
    const problem = await problemOf(processes.must(['sh', '-c', 'echo "password: hunter2" >&2; exit 2']))

    expect(problem.name).toBe('program-failed')
    expect(problem.message).toMatch(/ended with exit code 2$/)
    expect(problem.cause).toBe('password: [hidden]')
  })

  test('a program that is not there is named, with what to do', async () => {
    const problem = await problemOf(processes.run(['no-such-program', 'x']))

    expect(problem).toMatchObject({
      name: 'program-missing',
      message: 'The program no-such-program was not found on PATH',
    })
    expect(problem.suggestions.join()).toContain('no-such-program')
  })

  test('a file that may not be executed counts as missing', async () => {
    const file = join(folder, 'not-executable')
    writeFileSync(file, '#!/bin/sh\n', {mode: 0o644})

    expect((await problemOf(processes.run([file]))).name).toBe('program-missing')
  })

  test.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
  ])('a child ended by %s is never a success', async (signal, exitCode) => {
    const finished = await processes.run(['sh', '-c', `kill -${signal.slice(3)} $$`])

    expect(finished).toMatchObject({exitCode, signal})
    expect((await problemOf(processes.must(['sh', '-c', `kill -${signal.slice(3)} $$`]))).message).toContain(
      `was ended by ${signal}`,
    )
  })
})

describe('ending a program', () => {
  test('a timeout names the command, shows what it last said, and ends all that the child started', async () => {
    const problem = await problemOf(
      processes.run(['sh', '-c', 'sleep 60 & echo $!; echo "still trying" >&2; wait'], {
        timeoutSeconds: 0.4,
        onLine: (line) => pids.push(Number(line)),
      }),
    )

    expect(problem.name).toBe('wait-timeout')
    expect(problem.message).toMatch(/^sh -c .* did not end within 0.4 s$/)
    expect(problem.cause).toBe('still trying')
    expect(await gone(pids[0] ?? 0)).toBe(true)
  })
  const pids: number[] = []

  test('an abort is told apart from a timeout and thrown after the child has ended', async () => {
    const abort = new AbortController()
    let pid = 0
    const running = problemOf(
      processes.run(['sh', '-c', 'echo $$; exec sleep 60'], {
        signal: abort.signal,
        timeoutSeconds: 60,
        onLine: (line) => {
          pid = Number(line)
          abort.abort()
        },
      }),
    )

    expect((await running).name).toBe('interrupted')
    expect(isAlive(pid)).toBe(false)
  })

  test('a signal that has aborted already starts nothing', async () => {
    const file = join(folder, 'never')
    const problem = await problemOf(processes.run(['touch', file], {signal: AbortSignal.abort()}))

    expect(problem.name).toBe('interrupted')
    expect(existsSync(file)).toBe(false)
  })

  test('a child that ignores SIGTERM is killed when its grace is over', async () => {
    const impatient = createProcessDriver(process.env, 0.3)
    const started = performance.now()
    const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("ready")'
    const abort = new AbortController()

    const problem = await problemOf(
      impatient.run([process.execPath, '-e', script], {signal: abort.signal, onLine: () => abort.abort()}),
    )

    expect(problem.name).toBe('interrupted')
    expect(performance.now() - started).toBeGreaterThan(300)
  })

  test('a child runs in a process group of its own, which a Ctrl-C at the terminal does not reach', async () => {
    const {stdout} = await processes.run(['sh', '-c', 'echo $$; ps -o pgid= -p $$'])
    const [pid, group] = stdout.split('\n').map((line) => line.trim())

    expect(group).toBe(pid)
  })

  test('what a child leaves running does not hold up its end', async () => {
    const started = performance.now()
    const {stdout} = await processes.run(['sh', '-c', 'sleep 5 & echo done'])

    expect(stdout).toBe('done\n')
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test('an error thrown by `onLine` ends the child and is passed on', async () => {
    const wrong = new Error('a mistake of ours')
    const running = processes.run(['sh', '-c', 'echo x; sleep 60'], {
      onLine: () => {
        throw wrong
      },
    })

    await expect(running).rejects.toBe(wrong)
  })
})

describe('input', () => {
  test('text, a stream and a file all arrive whole', async () => {
    const file = join(folder, 'input')
    writeFileSync(file, 'from a file')
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('from ')
      yield Buffer.from('a stream')
    }

    expect((await processes.run(['cat'], {stdin: 'from text'})).stdout).toBe('from text')
    expect((await processes.run(['cat'], {stdin: chunks()})).stdout).toBe('from a stream')
    expect((await processes.run(['cat'], {stdin: {file}})).stdout).toBe('from a file')
  })

  test('no input means an empty one, not that of the terminal', async () => {
    expect((await processes.run(['cat'])).stdout).toBe('')
  })

  test('a stream is read no faster than the child reads', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        yield Buffer.alloc(65_536)
      }
    }

    await processes.run(['sh', '-c', 'sleep 0.5; head -c 65536 > /dev/null'], {stdin: endless()})

    // A pipe holds 64 KiB and node's own buffer about as much again.
    expect(given).toBeLessThan(12)
  })

  test('a child that stops reading ends the stream without an error, and the stream is told', async () => {
    let released = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(65_536)
      } finally {
        released = true
      }
    }

    const finished = await processes.run(['sh', '-c', 'head -c 10 > /dev/null; exit 4'], {stdin: endless()})

    expect(finished.exitCode).toBe(4)
    await wait(20)
    expect(released).toBe(true)
  })

  test('a reader of a shared stream that dies does not hold up the others', async () => {
    async function* megabytes(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 160; count += 1) yield Buffer.alloc(65_536)
    }
    const {branches, pump} = fanOut(megabytes(), 2, {signal: new AbortController().signal})
    const [dying, living] = branches.map(({stream}) => stream)

    const pumping = pump()
    const [dead, alive] = await Promise.all([
      processes
        .run(['sh', '-c', 'head -c 10 > /dev/null; exit 1'], dying ? {stdin: dying} : {})
        .finally(() => branches[0]?.close()),
      processes.run(['wc', '-c'], living ? {stdin: living} : {}),
    ])
    await pumping

    expect(dead.exitCode).toBe(1)
    expect(alive.stdout.trim()).toBe(String(160 * 65_536))
  })

  test('a stream that fails ends the child, and its error is passed on', async () => {
    const broken = new Error('the source broke')
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('begin')
      throw broken
    }

    await expect(processes.run(['sh', '-c', 'cat > /dev/null; sleep 60'], {stdin: failing()})).rejects.toBe(broken)
  })

  test('a stream for a program that is missing is told that nobody reads it', async () => {
    let released = false
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({done: false as const, value: new Uint8Array(1)}),
        return: () => {
          released = true
          return Promise.resolve({done: true as const, value: undefined})
        },
      }),
    }

    await problemOf(processes.run(['no-such-program'], {stdin: source}))

    expect(released).toBe(true)
  })
})

describe('output on its way', () => {
  test('lines come whole, also when a character is spread over two writes, and the last needs no end', async () => {
    const lines: string[] = []
    await processes.run(['sh', '-c', "printf 'a\\303'; sleep 0.1; printf '\\274\\r\\nlast'"], {
      onLine: (line) => lines.push(line),
    })

    expect(lines).toEqual(['aü', 'last'])
  })

  test('a log is appended to, private, complete, and without secrets; what the caller gets is as it was', async () => {
    const logFile = join(folder, 'deep', 'run.log')
    const script =
      'echo "token: abcdef.0123456789abcdef"; echo "-----BEGIN RSA PRIVATE KEY-----"; echo MIIE; echo "-----END RSA PRIVATE KEY-----"; echo after >&2'

    await processes.run(['sh', '-c', 'echo first'], {logFile})
    const {stdout} = await processes.run(['sh', '-c', script], {logFile})

    const log = readFileSync(logFile, 'utf8')
    expect(log).toMatch(/^\$ sh -c 'echo first'\nfirst\n\$ sh -c /)
    expect(log).toContain('after')
    expect(log).not.toMatch(/0123456789abcdef|MIIE/)
    expect(statSync(logFile).mode & 0o777).toBe(0o600)
    expect(stdout).toContain('token: abcdef.0123456789abcdef')
  })

  test('a log that cannot be written is a Problem, before anything is started', async () => {
    const marker = join(folder, 'started')
    writeFileSync(join(folder, 'a-file'), '')
    const problem = await problemOf(processes.run(['touch', marker], {logFile: join(folder, 'a-file', 'run.log')}))

    expect(problem.name).toBe('file-unwritable')
    expect(existsSync(marker)).toBe(false)
  })

  test('a full disk under the log is a Problem of its own', async () => {
    const problem = await problemOf(processes.run(['echo', 'much'], {logFile: '/dev/full'}))

    expect(problem.name).toBe('disk-full')
  })
})

describe('standard output as a stream', () => {
  async function bytesOf(stream: AsyncIterable<Uint8Array>, pause = 0): Promise<number> {
    let bytes = 0
    for await (const chunk of stream) {
      bytes += chunk.length
      if (pause > 0) await wait(pause)
    }
    return bytes
  }

  test('gives every byte, also to a reader that is slower than the child', {timeout: 15_000}, async () => {
    expect(await bytesOf(processes.stream(['head', '-c', '3000000', '/dev/zero']))).toBe(3_000_000)
    expect(await bytesOf(processes.stream(['head', '-c', '200000', '/dev/zero']), 600)).toBe(200_000)
  })

  test('ends with the Problem of a child that fails, after its output', async () => {
    const problem = await problemOf(bytesOf(processes.stream(['sh', '-c', 'echo part; echo why >&2; exit 5'])))

    expect(problem).toMatchObject({name: 'program-failed', cause: 'why'})
  })

  test('a reader that stops early ends the child', async () => {
    for await (const chunk of processes.stream(['yes'])) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    const {stdout} = await processes.run(['ps', '-eo', 'ppid=,comm='])
    expect(stdout.split('\n').map((row) => row.trim())).not.toContain(`${process.pid} yes`)
  })

  test('an abort ends the child and the stream', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 100)

    expect((await problemOf(bytesOf(processes.stream(['yes'], {signal: abort.signal})))).name).toBe('interrupted')
  })
})
