import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'

export interface WrappedPlugin {
  readonly plugin: string
  /** On which nodes; on all when absent. */
  readonly on?: 'second-worker'
  /**
   * What bash does in the plugin's place. `real` calls the plugin with what came on stdin; `inside` runs a program in the pod's network namespace.
   * The variables of CNI are those of the plugin: CNI_COMMAND, CNI_IFNAME, CNI_ARGS.
   */
  readonly script: string
}

/** After a successful ADD, something is done to the pod. */
export function afterAdd(harm: string): string {
  return `
result=$(real) || { code=$?; echo "$result"; exit $code; }
[ "$CNI_COMMAND" != ADD ] || { ${harm}; } >&2
echo "$result"`
}

/** Puts a program in the place of a plugin, and the plugin back. */
export function wrappedPlugin({plugin, on, script}: WrappedPlugin): Pick<Fault, 'inject' | 'heal'> {
  const path = `/opt/cni/bin/${plugin}`
  const program = `#!/bin/bash
input=$(cat)
real() { printf '%s' "$input" | ${path}.real; }
inside() { nsenter --net="$CNI_NETNS" "$@"; }
${script}
`
  return {
    inject: async ({nodes: {workers, all}}) => {
      for (const node of on === 'second-worker' ? [workers[1]] : all)
        await docker('exec', node, 'bash', '-c', putInPlace, path, program)
    },
    heal: async ({nodes: {all}}) => {
      for (const node of all) await docker('exec', node, 'bash', '-c', putBack, path)
    },
  }
}

/** `$0` the plugin, `$1` the program. The plugin is moved last of all but one: a pod that starts meanwhile finds the one or the other. */
const putInPlace = 'printf "%s" "$1" > "$0.new" && chmod 755 "$0.new" && ln "$0" "$0.real" && mv "$0.new" "$0"'
const putBack = 'if [ -e "$0.real" ]; then mv "$0.real" "$0"; fi'
