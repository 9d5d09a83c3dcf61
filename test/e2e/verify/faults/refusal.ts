import {docker} from '../../support/engine.ts'
import type {Fault} from './fault.ts'
import {wrappedPlugin} from './wrapped-plugin.ts'

const onlyRefusal = {tier: 'default', flags: ['--check', 'refusal'], modes: ['thin']} as const

const notReturned = wrappedPlugin({plugin: 'host-local', script: '[ "$CNI_COMMAND" = DEL ] || real'})

/** What can be wrong with how things are refused. */
export const refusalFaults: readonly Fault[] = [
  {
    title: 'Multus lets pods start without the networks that they cannot have',
    ...onlyRefusal,
    fails: {
      'refused-unknown-network': /the pod starts/,
      'refused-bad-master': /the pod starts/,
      'refused-malformed': /the pod starts/,
      'refused-interface-clash': /the pod starts/,
      'refused-exhausted-range': /two pods that need the same address ran at the same time/,
      'refused-duplicate-address': /two pods that need the same address ran at the same time/,
    },
    ...wrappedPlugin({
      plugin: 'multus',
      script: `
result=$(real) && { echo "$result"; exit 0; }
[ "$CNI_COMMAND" = ADD ] || exit 0
delegate=$(jq -c '.delegates[0] | if .plugins then .plugins[0] + {cniVersion, name} else . end' <<<"$input")
printf '%s' "$delegate" | "/opt/cni/bin/$(jq -r .type <<<"$delegate")"`,
    }),
  },
  {
    title: 'Multus refuses without saying why',
    slow: true,
    ...onlyRefusal,
    fails: {
      'refused-unknown-network': /another reason/,
      'refused-bad-master': /another reason/,
      'refused-malformed': /another reason/,
      'refused-interface-clash': /another reason/,
      'refused-exhausted-range': /another reason/,
      'refused-duplicate-address': /another reason/,
    },
    ...wrappedPlugin({
      plugin: 'multus',
      script: `
result=$(real) && { echo "$result"; exit 0; }
echo '{"cniVersion": "0.3.1", "code": 999, "msg": "it did not work"}'
exit 1`,
    }),
  },
  {
    title: 'addresses of pods that are gone are not given back',
    slow: true,
    ...onlyRefusal,
    fails: {
      'refused-exhausted-range': /its address is not free/,
      'refused-duplicate-address': /its address is not free/,
      'refused-interface-clash': /another reason: every address of 198\.18\.7\.2-198\.18\.7\.2 is taken/,
    },
    inject: notReturned.inject,
    heal: async (stage) => {
      await notReturned.heal(stage)
      const leases = 'rm -rf /run/cni/networks/k8s-local-verify-*'
      for (const node of stage.nodes.all) await docker('exec', node, 'bash', '-c', leases)
    },
  },
  {
    title: 'a refused pod cannot be deleted',
    slow: true,
    ...onlyRefusal,
    fails: {'refused-bad-master': /has not been deleted yet.*a plugin fails to take away what it never gave/},
    ...wrappedPlugin({
      plugin: 'macvlan',
      script:
        '[ "$CNI_COMMAND" != DEL ] || { echo \'{"cniVersion": "0.3.1", "code": 999, "msg": "stuck"}\'; exit 1; }\nreal',
    }),
  },
]
