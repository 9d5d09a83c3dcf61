/** A small docker: networks, containers and images in the file FAKE_STATE; `exec` runs the program right here. */
import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs'

const stateFile = process.env.FAKE_STATE ?? ''
const initial = {networks: [], containers: [], images: {}, api: '1.41'}

function simulateDocker(argv) {
  const text = existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : '{}'
  const state = {...initial, ...JSON.parse(text)}
  const [first = '', second = ''] = argv
  const command = ['network', 'image', 'container'].includes(first) ? commands[`${first} ${second}`] : commands[first]
  if (!command) return fail(`docker: '${argv.join(' ')}' is not simulated`, 125)
  command(state, parse(argv.slice(['network', 'image', 'container'].includes(first) ? 2 : 1)))
  if (stateFile !== '' && JSON.stringify(state) !== text) keep(state)
}

/** Several of these run at once: a reader must see the old state or the new one, never half of it. */
function keep(state) {
  const draft = `${stateFile}.${process.pid}`
  writeFileSync(draft, JSON.stringify(state))
  renameSync(draft, stateFile)
}

const commands = {
  info: (state) =>
    say({
      ServerVersion: '20.10.24',
      OSType: 'linux',
      Architecture: 'x86_64',
      CgroupVersion: '1',
      MemTotal: 8e9,
      NCPU: 2,
      DockerRootDir: '/var/lib/docker',
      ...state.info,
    }),
  version: (state) => say({Client: {ApiVersion: state.api}, Server: {Os: 'linux', Arch: 'amd64'}}),
  'network ls': (state) => process.stdout.write(state.networks.map(({Id}) => `${Id}\n`).join('')),
  'network inspect': (state, {words}) =>
    inspect(state.networks, words, 'network', ({Id, Name}, word) => [Id, Name].includes(word)),
  'network create': (state, {words: [name = ''], flags}) => {
    if (state.networks.some(({Name}) => Name === name))
      return fail(`Error response from daemon: network with name ${name} already exists`)
    const [subnet = ''] = flags.subnet ?? []
    if (state.networks.some(({IPAM}) => IPAM.Config.some((pool) => pool.Subnet === subnet)))
      return fail('Error response from daemon: Pool overlaps with other one on this address space')
    const Labels = Object.fromEntries((flags.label ?? []).map((label) => label.split('=')))
    state.networks.push({
      Id: idOf(name),
      Name: name,
      Internal: 'internal' in flags,
      Labels,
      IPAM: {Config: [{Subnet: subnet}]},
      Containers: {},
    })
    process.stdout.write(`${idOf(name)}\n`)
  },
  'network rm': (state, {words: [name = '']}) => {
    if (!state.networks.some(({Name}) => Name === name))
      return fail(`Error response from daemon: network ${name} not found\nexit status 1`)
    state.networks = state.networks.filter(({Name}) => Name !== name)
  },
  'network connect': (state, {words: [network = '', container = ''], flags}) => {
    const found = state.containers.find(({Name}) => Name === `/${container}`)
    if (!found) return fail(`Error response from daemon: No such container: ${container}`)
    found.NetworkSettings.Networks[network] = {
      IPAddress: flags.ip?.[0] ?? '',
      MacAddress: '02:42:00:00:00:01',
      IPAMConfig: {IPv4Address: flags.ip?.[0]},
    }
    for (const one of state.networks) if (one.Name === network) one.Containers[found.Id] = {Name: container}
  },
  ps: (state, {flags}) => {
    const [key, value] = (flags.filter?.[0] ?? '').replace('label=', '').split('=')
    const wanted = state.containers.filter(
      ({Config}) => key in Config.Labels && (value === undefined || Config.Labels[key] === value),
    )
    process.stdout.write(wanted.map(({Id}) => `${Id}\n`).join(''))
  },
  'container inspect': (state, {words}) =>
    inspect(state.containers, words, 'container', ({Id, Name}, word) => [Id, Name.slice(1)].includes(word)),
  start: (state, {words}) => turn(state, words, 'running'),
  stop: (state, {words}) => turn(state, words, 'exited'),
  rm: (state, {words}) => {
    for (const word of words)
      if (!state.containers.some(({Name}) => Name === `/${word}`))
        fail(`Error response from daemon: No such container: ${word}`)
    state.containers = state.containers.filter(({Name}) => !words.includes(Name.slice(1)))
  },
  'image ls': (state, {flags}) => {
    // Images have names here, and no labels.
    const repository = flags.filter?.[0]?.replace('reference=', '') ?? ''
    const found = Object.entries(state.images).filter(([name]) => name.startsWith(`${repository}:`))
    process.stdout.write(found.map(([, id]) => `${id}\n`).join(''))
  },
  'image inspect': (state, {words: [reference = '']}) => {
    const id = state.images[reference]
    if (id === undefined) return fail(`Error response from daemon: No such image: ${reference}`)
    process.stdout.write(`${id}\n`)
  },
  'image save': (_state, {words}) => process.stdout.write(`tar of ${words.join(' ')}`),
  pull: (state, {words: [reference = '']}) => {
    state.images[reference] = `sha256:${idOf(reference)}`
    process.stdout.write(`Pulling ${reference}\nStatus: Downloaded newer image for ${reference}\n`)
  },
  tag: (state, {words: [source = '', target = '']}) => {
    if (!(source in state.images)) return fail(`Error response from daemon: No such image: ${source}`)
    state.images[target] = state.images[source]
  },
  load: (state, {flags}) => {
    const file = flags.input?.[0] ?? ''
    if (!existsSync(file)) return fail(`open ${file}: no such file or directory`)
    state.images[`loaded:${file}`] = `sha256:${idOf(file)}`
  },
  exec: (state, {words: [container = '', program = '', ...rest], flags}) => {
    const found = state.containers.find(({Name}) => Name === `/${container}`)
    if (!found) return fail(`Error response from daemon: No such container: ${container}`)
    if (found.State.Status !== 'running')
      return fail(`Error response from daemon: container ${found.Id} is not running`)
    const env = Object.fromEntries((flags.env ?? []).map((pair) => pair.split(/=(.*)/s)))
    const {status, error} = spawnSync(program, rest, {
      stdio: 'inherit',
      env: {...process.env, ...env},
      cwd: flags.workdir?.[0],
    })
    if (error)
      return fail(
        `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`,
        127,
      )
    process.exitCode = status ?? 137
  },
}

function turn(state, words, status) {
  for (const word of words) {
    const found = state.containers.find(({Name}) => Name === `/${word}`)
    if (!found) fail(`Error response from daemon: No such container: ${word}`)
    else found.State.Status = status
  }
}

/** Flags that stand alone; all others take the next word. */
const switches = new Set(['internal', 'all', 'quiet', 'no-trunc', 'force', 'volumes', 'interactive'])

/** Flags come before the words, as in docker's own exec. */
function parse(argv) {
  const flags = {}
  for (let at = 0; at < argv.length; at += 1) {
    const name = /^--(.+)$/.exec(argv[at] ?? '')?.[1]
    if (name === undefined) return {flags, words: argv.slice(at)}
    flags[name] ??= []
    if (!switches.has(name)) flags[name].push(argv[(at += 1)] ?? '')
  }
  return {flags, words: []}
}

function inspect(all, words, what, isMeant) {
  say(words.flatMap((word) => all.filter((one) => isMeant(one, word))))
  for (const word of words) if (!all.some((one) => isMeant(one, word))) fail(`Error: No such ${what}: ${word}`)
}

function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`)
  process.exitCode = code
}

function idOf(text) {
  return createHash('sha256').update(text).digest('hex')
}

simulateDocker(process.argv.slice(2))
