import type {VerifyClusterInput} from '../plan/verify-cluster.ts'
import {Problem} from '../problem.ts'
import {readNetworkReference} from '../spec/attachment.ts'
import {boolean, choice, list, text, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput, RawValue} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {readSeconds, readText} from '../spec/texts.ts'
import type {Tier} from '../steps/check-request.ts'
import {baselineFields, type BaselineWish, readBaselineWish} from './baseline-input.ts'
import {onFailureFields} from './diagnose-input.ts'
import {reportFields, type ReportRequest, requireApart} from './report-input.ts'
import {absolute, only} from './run-options.ts'
import {accessFields} from './verify-access.ts'
import {keepFields, policyFor, refuseBesideCleanUp} from './verify-keep.ts'
import type {World} from './world-command.ts'

const tiers = [
  {value: 'quick', title: 'Quick', summary: 'is it installed, and does it attach'},
  {value: 'default', title: 'Default', summary: 'and does it carry, separate and refuse as it should'},
  {
    value: 'full',
    title: 'Full',
    summary: 'and does it survive restarts, and how fast is it; with probe pods on every node',
  },
] as const

export const verifyFields = {
  checks: withDefault(
    [],
    list({
      flag: 'check',
      ask: 'Checks to carry out',
      describe:
        'Only this check: a name, a number, a group, or a pattern of these with *; !NAME leaves out; may be repeated',
      item: readText,
    }),
  ),
  namespaces: withDefault(
    [],
    list({
      flag: 'namespace',
      ask: 'Namespaces of networks to verify',
      describe: 'Only networks of this namespace; may be repeated',
      item: readText,
    }),
  ),
  networks: withDefault(
    [],
    list({
      flag: 'network',
      ask: 'Networks to verify',
      describe: 'Only this network, [NAMESPACE/]NAME; may be repeated; all otherwise',
      item: readNetworkReference,
    }),
  ),
  tier: withDefault(
    'default',
    choice({
      flag: 'tier',
      ask: 'How thoroughly',
      describe: 'Which checks: each tier adds to the one before; full has probe pods on every node',
      choices: tiers,
    }),
  ),
  quick: withDefault(
    false,
    boolean({flag: 'quick', ask: 'Only the quick checks', describe: 'The same as --tier quick'}),
  ),
  full: withDefault(false, boolean({flag: 'full', ask: 'All checks', describe: 'The same as --tier full'})),
  checkTimeout: text({
    flag: 'check-timeout',
    ask: 'Time for each look',
    describe: 'Time that one look of a check may take, such as 10s',
    read: readSeconds,
  }),
  ...accessFields,
  list: withDefault(
    false,
    boolean({
      flag: 'list',
      ask: 'Only list the checks',
      describe: 'List the checks that are meant, and look at nothing',
    }),
  ),
  disruptive: withDefault(
    false,
    boolean({
      flag: 'disruptive',
      ask: 'Restart things in a cluster of somebody else',
      describe: 'Let the full tier restart Multus, the CNI and nodes of a cluster that k8s-local did not make',
    }),
  ),
  ...baselineFields,
  ...keepFields,
  ...onFailureFields,
  ...reportFields,
} as const satisfies Fields

/** What is to be verified, and what was said of where. */
export interface VerifyWish extends VerifyClusterInput, BaselineWish {
  readonly said: RawInput
  /** Only say which checks are meant. */
  readonly list: boolean
  /** Only say which rights it takes. */
  readonly rbac: boolean
  /** Only remove what earlier runs have left. */
  readonly cleanup: boolean
  readonly reports: readonly ReportRequest[]
}

/** `json`: whether stdout is taken by the document of --json. @throws invalid-input */
export function readVerify(
  said: RawInput,
  {watched, json}: Pick<World, 'watched'> & {readonly json: boolean},
): VerifyWish {
  const {networks, checks, checkTimeout, quick, full, tier, keep, ...others} = readFields(
    verifyFields,
    only(said, verifyFields),
  )
  const {probeImage, inNamespace, bundleOnFailure, reports, save, compare, tolerance, ...how} = others
  if (how.cleanup) refuseBesideCleanUp(said, verifyFields)
  return {
    ...how,
    reports: requireApart(reports, {said, json}),
    tier: tierOf({tier, quick, full}, said['tier']),
    keep: keep ?? policyFor({watched}),
    patterns: checks,
    networks: networks.map(({namespace = 'default', network}) => ({namespace, name: network})),
    ...(checkTimeout !== undefined && {lookSeconds: checkTimeout}),
    ...(probeImage !== undefined && {probeImage}),
    ...(inNamespace !== undefined && {inNamespace}),
    ...(bundleOnFailure !== undefined && {diagnoseInto: absolute(bundleOnFailure)}),
    ...readBaselineWish({save, compare, tolerance}),
    said,
  }
}

function tierOf(
  {tier, quick, full}: {readonly tier: Tier; readonly quick: boolean; readonly full: boolean},
  given: RawValue | undefined,
): Tier {
  const said = [
    ...new Set([...(given ? [tier] : []), ...(quick ? ['quick' as const] : []), ...(full ? ['full' as const] : [])]),
  ]
  if (said.length < 2) return said[0] ?? tier
  throw new Problem('invalid-input', {
    message: 'Say one tier',
    findings: [{at: '--tier', message: `${said.join(' and ')} were asked for`, fix: `--tier ${said.at(-1)}`}],
  })
}
