import type {EngineDriver} from '../ports.ts'
import type {Docker} from './run-docker.ts'

/**
 * Starts a container that may do what a node may (it runs containerd), without any network. A folder of the engine's own file system is mounted by
 * `--mount` and not by `--volume`: the latter would become a part of the image that is made of the container.
 */
export async function runContainer(
  docker: Docker,
  {name, image, labels, entrypoint, scratch, readOnly}: Parameters<EngineDriver['run']>[0],
): Promise<void> {
  const [program = '', ...rest] = entrypoint
  // An engine that maps users (`userns-remap`) gives no container such rights under its map.
  const rights = ['--privileged', '--userns', 'host', '--network', 'none']
  const mounts = [
    '--mount',
    `type=volume,destination=${scratch}`,
    ...readOnly.flatMap(({folder, onNodes}) => ['--volume', `${folder}:${onNodes}:ro`]),
  ]
  const options = ['--detach', '--name', name, ...labelWords(labels), ...rights, ...mounts, '--entrypoint', program]
  await docker.must(`start the container ${name}`, ['run', ...options, image, ...rest])
}

/**
 * Makes an image of a container, without what is mounted into it, and gives its id. The container is not paused: cgroup freezers are not to be had
 * everywhere, and nothing in it writes any more. `ENTRYPOINT` comes first, for it resets the command.
 */
export async function commitContainer(
  docker: Docker,
  container: string,
  {reference, labels, entrypoint, command}: Parameters<EngineDriver['commit']>[1],
): Promise<string> {
  const changes = [
    `ENTRYPOINT ${JSON.stringify(entrypoint)}`,
    ...(command.length > 0 ? [`CMD ${JSON.stringify(command)}`] : []),
    ...Object.entries(labels).map(([key, value]) => `LABEL ${JSON.stringify(key)}=${quoted(value)}`),
  ]
  const options = ['--pause=false', ...changes.flatMap((change) => ['--change', change])]
  const words = ['commit', ...options, container, reference]
  const {stdout} = await docker.must(`make an image of the container ${container}`, words)
  return stdout.trim()
}

function labelWords(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
}

/** In single quotes nothing is read as a variable or an escape (moby/buildkit, dockerfile/shell/lex.go). */
function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}
