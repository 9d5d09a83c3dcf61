import type {ReadableStreamLike} from '../streams.ts'

export interface Writable {
  readonly writable: boolean
  readonly reason?: string
  readonly missing?: string
}

/** Files of this machine. Writes go by temporary file and rename. Throws file-unwritable. */
export interface FileDriver {
  read(file: string): Promise<string | undefined>
  write(file: string, text: string, mode?: number): Promise<void>
  /** A file of these bytes, and what it then is: hex SHA-256, and bytes. Throws what the stream throws, and leaves nothing then. */
  writeStream(
    file: string,
    stream: ReadableStreamLike,
    onBytes?: (done: number) => void,
  ): Promise<{readonly sha256: string; readonly size: number}>
  /** Another text for a file that is there and the user's own: a link stays a link, mode and owner stay. */
  rewrite(file: string, text: string): Promise<void>
  /** Text at the end of a file that others write too; the file is made where there is none. */
  append(file: string, text: string): Promise<void>
  remove(file: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  /** The file itself, or all files below a folder, in order; hidden ones and node_modules are left out. Undefined when there is nothing of that name. */
  find(path: string): Promise<readonly string[] | undefined>
  stream(file: string): ReadableStreamLike
  sha256(file: string, signal?: AbortSignal): Promise<string>
  /** `device:inode:bytes` in decimal, as `stat -c %d:%i:%s` prints it: the same text for the same file, wherever it is mounted. */
  identity(file: string): Promise<string>
  /** Names and bytes of the regular files in a .tgz, one after another. */
  untar(file: string, onFile: (name: string, mode: number, bytes: Uint8Array) => Promise<void>): Promise<void>
  /** Whether the file could be written: it, or the nearest folder that exists. `missing`: its folder, which a write would make. */
  writable(file: string): Promise<Writable>
  readonly paths: {
    readonly packageRoot: string
    readonly cache: string
    readonly state: string
    readonly kubeconfig: string
  }
}
