import {list, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {readNetworkReference, readRequestedAddress} from './attachment.ts'
import {readName, readObjectName} from './texts.ts'

/** The argument of `pod add`. */
export const podNameField = text({
  flag: 'name',
  ask: 'Name of the pod',
  describe: 'Name of the pod',
  read: readName({what: 'a pod', longest: 63}),
  wizard: true,
})

/** What a test pod can be: flags of `pod add` and the wizard's questions. */
export const podFields = {
  networks: withDefault(
    [],
    list({
      flag: 'network',
      ask: 'Networks to attach',
      describe: 'A network to attach: [NAMESPACE/]NAME[@INTERFACE], may be repeated',
      item: readNetworkReference,
      wizard: true,
    }),
  ),
  ips: withDefault(
    [],
    list({
      flag: 'ip',
      ask: 'Address to ask for',
      describe: 'An address to ask for: ADDRESS where one network is attached, else NETWORK=ADDRESS; may be repeated',
      item: readRequestedAddress,
    }),
  ),
  node: text({
    flag: 'node',
    ask: 'Node to run on',
    describe: 'Node to run on; any otherwise',
    read: readObjectName('a node'),
    wizard: true,
  }),
  namespace: withDefault(
    'default',
    text({
      flag: 'namespace',
      char: 'n',
      ask: 'Namespace',
      describe: 'Namespace of the pod',
      read: readName({what: 'a namespace', longest: 63}),
    }),
  ),
} as const satisfies Fields
