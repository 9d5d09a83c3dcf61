/** Enforces the import law of docs/architecture.md: `node --import tsx scripts/check-imports.ts [ROOT]`. Exit 1 on any breach. */
import {join} from 'node:path'
import {judgeImports} from './imports/judge-imports.ts'
import {readImports} from './imports/read-imports.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const files = await readImports(root)
const breaches = judgeImports(files)
for (const breach of breaches) console.error(breach)
console.log(
  breaches.length === 0 ? `${files.length} files keep the import law` : `${breaches.length} breaches of the import law`,
)
process.exitCode = breaches.length === 0 ? 0 : 1
