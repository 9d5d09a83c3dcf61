import {join} from 'node:path'

/** Where a command or a hook lies; the original looks for its TypeScript source first, unless it is told not to, as cli.ts does. */
export async function tsPath(root: string, target: string | undefined): Promise<string | undefined> {
  return target === undefined || target.startsWith(root) ? target : join(root, target)
}
