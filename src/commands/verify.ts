import {string} from '@oclif/core/args'
import type {Outcome} from '../run/events.ts'
import type {RawInput} from '../spec/field.ts'
import {readBaselineFile, saveBaseline} from '../terminal/baseline-input.ts'
import {orDiagnose} from '../terminal/diagnose-cluster.ts'
import {mustBeWritable} from '../terminal/diagnose-input.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import type {Answer, Planned, Preview, Ran, Unplanned} from '../terminal/plan-command.ts'
import {PlanCommand} from '../terminal/plan-command.ts'
import type {Page} from '../terminal/present-problem.ts'
import type {VerifyContext} from '../terminal/reports/verify-answer.ts'
import {observeAround, observeNamed, targetFields} from '../terminal/target.ts'
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
    '<%= config.bin %> verify lab --full --save base.json',
    '<%= config.bin %> verify lab --full --compare base.json --tolerance 30%',
    '<%= config.bin %> verify --list',
    '<%= config.bin %> verify --context prod --node-access pod',
    '<%= config.bin %> verify --context prod --rbac | kubectl apply -f -',
    '<%= config.bin %> verify lab --cleanup',
    '<%= config.bin %> verify --bundle-on-failure out',
    '<%= config.bin %> verify lab --report junit=verify.xml --report github',
  ]
  static override readonly args = {cluster: string({description: targetFields.cluster.describe})}
  static override readonly flags = {...toFlags({...verifyFields, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...verifyFields, ...targetFields}

  private readonly started = new Date()

  protected override async readSpec(input: RawInput, {drivers, options, watched}: World): Promise<VerifyWish> {
    const wish = readVerify(input, {watched, json: this.jsonEnabled()})
    if (judges(wish) && !options.dryRun) {
      const {requireReports} = await import('../terminal/reports/deliver.ts')
      await requireReports(wish.reports, {files: drivers.files, env: this.surroundings.env})
    }
    return wish
  }

  protected override async makePlan(wish: VerifyWish, world: World): Promise<Planned> {
    if (wish.list) return {preview: await listChecks(wish)}
    if (wish.cleanup) return planCleanUp(wish.said, world)
    const {said, diagnoseInto: directory} = wish
    if (directory !== undefined) await mustBeWritable(directory, world.drivers)
    const measured = await readBaselineFile(wish, world)
    const [{chosen, facts}, {verifyCluster}] = await Promise.all([
      orDiagnose(() => withRightsAdvice(observeNamed(said, world)), {directory, said}, world),
      import('../plan/verify-cluster.ts'),
    ])
    const removeByHand = cleanUpCommand(wish.said, chosen.cluster)
    const surroundings = await observeAround(facts, chosen, world)
    const plan = verifyCluster({...wish, ...measured, removeByHand}, {...facts, surroundings})
    return wish.rbac ? {preview: await presentRights(plan, facts, wish)} : {plan, target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }

  protected override async answer(ran: Ran<VerifyWish>, page: Page): Promise<Answer> {
    if (!judges(ran.spec)) return super.answer(ran, page)
    const {answerVerified} = await import('../terminal/reports/verify-answer.ts')
    return answerVerified(ran, this.context(page))
  }

  protected override async answerUnplanned(unplanned: Unplanned<VerifyWish>, page: Page): Promise<Answer> {
    if (!judges(unplanned.spec)) return super.answerUnplanned(unplanned, page)
    const {answerUnverified} = await import('../terminal/reports/verify-answer.ts')
    return answerUnverified(unplanned, this.context(page))
  }

  protected override async afterwards({save}: VerifyWish, outcome: Outcome, world: World): Promise<readonly string[]> {
    return save === undefined ? [] : [await saveBaseline(save, outcome, world)]
  }

  private context(page: Page): VerifyContext {
    return {toolVersion: this.config.version, started: this.started, env: this.surroundings.env, page}
  }
}

/** Whether it is about verdicts, so that there is something to report. */
function judges({list, rbac, cleanup}: VerifyWish): boolean {
  return !list && !rbac && !cleanup
}

async function listChecks(wish: VerifyWish): Promise<Preview> {
  const [{selectChecks}, {presentCheckList}] = await Promise.all([
    import('../plan/select-checks.ts'),
    import('../terminal/present-check-list.ts'),
  ])
  return presentCheckList(selectChecks(wish))
}
