import {boolean, text, withDefault} from './field-kinds.ts'
import type {Fields} from './field.ts'
import {readSeconds, readText} from './texts.ts'
import {warmField} from './warm-field.ts'

/** How `create` goes about it. Never part of a cluster's spec nor of k8s-local.yaml. */
export const runFields = {
  verify: withDefault(
    true,
    boolean({
      flag: 'verify',
      ask: 'Prove now that it works',
      describe: 'Prove at the end that second interfaces carry traffic',
      wizard: true,
    }),
  ),
  bundle: text({
    flag: 'bundle',
    ask: 'Folder of an offline bundle',
    describe: 'Take everything from the offline bundle in this folder instead of from the network',
    read: readText,
  }),
  file: text({
    flag: 'file',
    char: 'f',
    ask: 'File with the answers',
    describe: 'Read what is asked for from this file, such as k8s-local.yaml; flags win over it',
    read: readText,
  }),
  kubeconfig: text({
    flag: 'kubeconfig',
    ask: 'Kubeconfig to write to',
    describe: 'Kubeconfig that gets the context of the cluster; otherwise the first of KUBECONFIG, or ~/.kube/config',
    read: readText,
  }),
  timeout: withDefault(
    1200,
    text({
      flag: 'timeout',
      ask: 'Time for the whole run',
      describe: 'Time for the whole run, such as 90s or 20m',
      read: readSeconds,
    }),
  ),
  warm: warmField,
  keepOnFailure: withDefault(
    false,
    boolean({
      flag: 'keep-on-failure',
      ask: 'Keep what was made when it fails',
      describe: 'Leave what was made in place when the run fails or is interrupted, and say how to remove it',
    }),
  ),
  yes: withDefault(
    false,
    boolean({
      flag: 'yes',
      char: 'y',
      ask: 'Take all defaults',
      describe: 'Ask nothing: take defaults and confirm',
    }),
  ),
  dryRun: withDefault(
    false,
    boolean({
      flag: 'dry-run',
      ask: 'Only show what would be done',
      describe: 'Show the plan and change nothing',
    }),
  ),
} as const satisfies Fields
