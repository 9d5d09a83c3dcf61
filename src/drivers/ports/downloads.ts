import type {Artifact} from '../../steps/artifact.ts'

export interface DownloadDriver {
  /** A verified file: cached under its sha256, else downloaded by temporary file, hash and rename, with retries. Throws download-failed, artifact-corrupt. */
  fetch(
    artifact: Artifact,
    options: {readonly signal: AbortSignal; readonly onBytes?: (done: number, total?: number) => void},
  ): Promise<{readonly file: string; readonly already: boolean}>
}
