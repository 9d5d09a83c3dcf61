import {clusterFields} from '../spec/cluster-fields.ts'
import type {RawInput} from '../spec/field.ts'
import {runFields} from '../spec/run-fields.ts'
import {intoBundleField} from '../spec/warm-field.ts'
import type {Plan} from '../steps/step.ts'
import type {WarmWish} from '../terminal/create-input.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import {PlanCommand, type Planned} from '../terminal/plan-command.ts'
import {warmSummary} from '../terminal/summaries.ts'
import type {World} from '../terminal/world-command.ts'

const {kubernetes, cni, multus} = clusterFields
const fields = {cni, multus, kubernetes, bundle: runFields.bundle, intoBundle: intoBundleField, file: runFields.file}

export default class Warm extends PlanCommand<WarmWish> {
  static override readonly summary = 'Make a node image with all images unpacked in it, from which create is faster'
  static override readonly description =
    'Made once for each CNI, Multus mode and version; create finds it by what is in it. `cache list` shows it, `cache clear` removes it. A bundle may carry it: create loads it from there.'
  static override readonly examples = [
    '<%= config.bin %> warm',
    '<%= config.bin %> warm --cni cilium --multus thick',
    '<%= config.bin %> warm --bundle ./bundle --dry-run',
    '<%= config.bin %> warm --bundle ./bundle --into-bundle',
  ]
  static override readonly flags = {...toFlags(fields), ...runFlags()}

  protected override readonly fields = fields

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    const {withFile} = await import('../terminal/create-input.ts')
    return withFile(said, world, (text) => this.complain(text))
  }

  protected override async readSpec(input: RawInput): Promise<WarmWish> {
    return (await import('../terminal/create-input.ts')).readWarm(input)
  }

  protected override async makePlan(wish: WarmWish, world: World): Promise<Planned> {
    const {planWarmImage} = await import('../terminal/warm-image.ts')
    return {plan: await planWarmImage(wish, world)}
  }

  protected override summary(wish: WarmWish, plan: Plan): readonly string[] {
    return warmSummary(plan, wish)
  }
}
