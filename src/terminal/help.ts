import type {CommandHelp as OclifCommandHelp} from '@oclif/core/help'
import {CommandHelp, Help as OclifHelp} from '@oclif/core/help'

type Sections = ReturnType<OclifCommandHelp['sections']>

/** oclif's help with the examples on top: most people copy one and change it. Flags keep the order in which they are declared. */
export class Help extends OclifHelp {
  protected override CommandHelpClass = ExamplesFirst

  constructor(
    config: ConstructorParameters<typeof OclifHelp>[0],
    options: ConstructorParameters<typeof OclifHelp>[1] = {},
  ) {
    super(config, {flagSortOrder: 'none', docopts: false, hideAliasesFromRoot: true, ...options})
  }
}

class ExamplesFirst extends CommandHelp {
  protected override sections(): Sections {
    const order = ['EXAMPLES', 'USAGE', 'ARGUMENTS', 'FLAGS']
    const rank = (header: string) => (order.includes(header) ? order.indexOf(header) : order.length)
    return super.sections().toSorted((one, other) => rank(one.header) - rank(other.header))
  }
}
