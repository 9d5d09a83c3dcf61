import type {Rule} from '../rule.ts'
import {entryOf, kindOf} from '../tree-access.ts'

export const configName: Rule = {
  code: 'KL-L105',
  title: 'The configuration has another name than its object',
  severity: 'info',
  why: 'host-local keeps its leases below the name in the configuration: networks that share it share their addresses, networks that are renamed lose them (plugins host-local, backend/disk). Multus takes the name of the object where the configuration has none. Other characters than letters, digits, dots, dashes and underscores are refused (libcni pkg/utils).',
  fix: 'Leave "name" out, or let it hold that of the object',
  *network({config, name}) {
    const written = entryOf(config?.root, 'name')?.value
    if (!written || (written.kind === 'text' && (written.value === '' || written.value === name))) return
    if (written.kind !== 'text' || !/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(written.value)) {
      yield {
        at: written,
        severity: 'error',
        message: `"name" is ${kindOf(written)}, which plugins refuse`,
        fix: 'Use letters, digits, dots, dashes and underscores, or leave "name" out',
      }
    } else if (name !== '' && !written.value.includes(name))
      yield {
        at: written,
        message: `the configuration is called ${written.value}, the object ${name}`,
        fix: `Write "name": "${name}", or leave it out`,
      }
  },
}
