import {readInterfaceName} from '../../spec/texts.ts'
import type {Rule} from '../rule.ts'

export const interfaceName: Rule = {
  code: 'KL-L504',
  title: 'The interface cannot have this name',
  severity: 'error',
  why: "Linux takes 15 characters without spaces, '/' and ':' (libcni pkg/utils); eth0 and lo are there already, and two interfaces of a pod cannot have one name (multus pkg/multus: interface name already exists). Without a name the interface is called net1, net2, … by its place in the list.",
  fix: 'Use a short name of its own, such as data1',
  *request({attachments}) {
    const taken = new Map<string, number>()
    for (const [index, {interface: name, at}] of attachments.entries()) {
      const text = name?.text ?? `net${index + 1}`
      const where = name?.at ?? at
      if (name && 'fault' in readInterfaceName(text))
        yield {
          at: where,
          message:
            text.length > 15
              ? `'${text}' has ${text.length} characters: Linux takes 15`
              : `'${text}' is no name for an interface`,
          fix: `Use a shorter name, such as ${text.replaceAll(/[^a-z0-9-]/g, '').slice(0, 15) || 'data1'}`,
        }
      else if (text === 'eth0' || text === 'lo')
        yield {at: where, message: `a pod has an interface ${text} already`, fix: 'Use another name, such as data1'}
      else if (taken.has(text))
        yield {
          at: where,
          message: `attachment ${(taken.get(text) ?? 0) + 1} has the interface ${text} already`,
          fix: 'Give each its own name',
        }
      taken.set(text, index)
    }
  },
}
