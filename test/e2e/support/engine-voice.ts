import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Home} from './home.ts'

/**
 * PATH with a `docker` in front that is the real one, except that `docker info` gives another answer for one member:
 * how an engine of another release or on another kernel looks from outside.
 */
export function pathWithEngineThatSays(home: Home, member: 'ServerVersion' | 'CgroupVersion', value: string): string {
  const folder = join(home.directory, `engine-${value}`)
  mkdirSync(folder, {recursive: true})
  const program = join(folder, 'docker')
  const path = home.env.PATH ?? ''
  writeFileSync(
    program,
    `#!/bin/sh
PATH='${path}'
if [ "$1" = info ]; then docker "$@" | sed 's/"${member}":"[^"]*"/"${member}":"${value}"/'; else exec docker "$@"; fi
`,
  )
  chmodSync(program, 0o755)
  return `${folder}:${path}`
}
