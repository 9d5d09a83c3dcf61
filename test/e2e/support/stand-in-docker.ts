import {chmodSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Home} from './home.ts'

/** PATH with a `docker` in front that is the real one, except that `docker info` gives another answer for one member: how an engine of another release or on another kernel looks from outside. */
export function dockerThatSays(home: Home, member: 'ServerVersion' | 'CgroupVersion', value: string): string {
  return standIn(home, 'info', `docker "$@" | sed 's/"${member}":"[^"]*"/"${member}":"${value}"/'`)
}

/** PATH with a `docker` in front that is the real one, except that `docker pull` finds no registry. */
export function dockerThatFindsNoRegistry(home: Home): string {
  const text =
    'Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host'
  return standIn(home, 'pull', `echo '${text}' >&2; exit 1`)
}

/** PATH with a `docker` in front that is the real one, except that `docker pull` takes for ever. */
export function dockerThatPullsForEver(home: Home): string {
  return standIn(home, 'pull', 'exec sleep 600')
}

function standIn(home: Home, command: string, does: string): string {
  const folder = join(home.directory, `docker-${readdirSync(home.directory).length}`)
  mkdirSync(folder)
  const program = join(folder, 'docker')
  const path = home.env.PATH ?? ''
  writeFileSync(
    program,
    `#!/bin/sh\nPATH='${path}'\nif [ "$1" = ${command} ]; then ${does}; else exec docker "$@"; fi\n`,
  )
  chmodSync(program, 0o755)
  return `${folder}:${path}`
}
