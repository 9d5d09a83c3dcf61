import {string} from '@oclif/core/args'
import type {RawInput} from '../spec/field.ts'
import {orDiagnose} from '../terminal/diagnose-cluster.ts'
import {mustBeWritable} from '../terminal/diagnose-input.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import {PlanCommand, type Planned, type Preview} from '../terminal/plan-command.ts'
import {observeNamed, targetFields} from '../terminal/target.ts'
import {presentRights, withRightsAdvice} from '../terminal/verify-access.ts'
import {readVerify, verifyFields, type VerifyWish} from '../terminal/verify-input.ts'
import {cleanUpCommand, planCleanUp} from '../terminal/verify-keep.ts'
import type {World} from '../terminal/world-command.ts'

export default class Verify extends PlanCommand<VerifyWish> {
  static override readonly summary = 'Prove that pods reach each other over their second interfaces'
  static override readonly description =
    'Starts probe pods on every network, looks at nodes, CNI, Multus, plugins and traffic, and removes the pods. Exit code 1 when a check fails.'
  static override readonly examples = [
    '<%= config.bin %> verify',
    '<%= config.bin %> verify lab --network data',
    '<%= config.bin %> verify lab --full --json',
    "<%= config.bin %> verify --check 'attach*' --check '!A09'",
    '<%= config.bin %> verify --list',
    '<%= config.bin %> verify --context prod --node-access pod',
    '<%= config.bin %> verify --context prod --rbac | kubectl apply -f -',
    '<%= config.bin %> verify lab --cleanup',
    '<%= config.bin %> verify --bundle-on-failure out',
  ]
  static override readonly args = {cluster: string({description: targetFields.cluster.describe})}
  static override readonly flags = {...toFlags({...verifyFields, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...verifyFields, ...targetFields}

  protected override async readSpec(input: RawInput, world: World): Promise<VerifyWish> {
    return readVerify(input, world)
  }

  protected override async makePlan(wish: VerifyWish, world: World): Promise<Planned> {
    if (wish.list) return {preview: await listChecks(wish)}
    if (wish.cleanup) return planCleanUp(wish.said, world)
    const {said, diagnoseInto: directory} = wish
    if (directory !== undefined) await mustBeWritable(directory, world.drivers)
    const [{chosen, facts}, {verifyCluster}] = await Promise.all([
      orDiagnose(() => withRightsAdvice(observeNamed(said, world)), {directory, said}, world),
      import('../plan/verify-cluster.ts'),
    ])
    const removeByHand = cleanUpCommand(wish.said, chosen.cluster)
    const plan = verifyCluster({...wish, removeByHand}, facts)
    return wish.rbac ? {preview: await presentRights(plan, facts, wish)} : {plan, target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }
}

async function listChecks(wish: VerifyWish): Promise<Preview> {
  const [{selectChecks}, {presentCheckList}] = await Promise.all([
    import('../plan/select-checks.ts'),
    import('../terminal/present-check-list.ts'),
  ])
  return presentCheckList(selectChecks(wish))
}
