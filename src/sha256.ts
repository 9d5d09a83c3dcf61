import {createHash} from 'node:crypto'

/** SHA-256 of a text (UTF-8), 64 hexadecimal digits. Files are hashed where they are read. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
