import {text} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {podFields} from './pod-fields.ts'
import {readInterfaceName, readObjectName, readText} from './texts.ts'

/** A pod that is there, whoever named it. */
export const podArgument = text({
  flag: 'pod',
  ask: 'Pod',
  describe: 'Name of the pod',
  read: readObjectName('a pod'),
})

/** What `pod exec` can be told beside the pod and the tool. */
export const execFields = {
  interface: text({
    flag: 'interface',
    char: 'i',
    ask: 'Interface',
    describe: 'Interface to bind the tool to, such as net1; the only second one where there is one',
    read: readInterfaceName,
  }),
  image: text({
    flag: 'image',
    ask: 'Image with tools',
    describe:
      'Image of the debug container that is added where the pod has no such tool; our own with network tools otherwise',
    read: readText,
  }),
  namespace: podFields.namespace,
} as const satisfies Fields

export const execSpecFields = {pod: podArgument, ...execFields} as const satisfies Fields
