import type {CommandHelp as OclifCommandHelp} from '@oclif/core/help'
import {CommandHelp, Help as OclifHelp} from '@oclif/core/help'

type Sections = ReturnType<OclifCommandHelp['sections']>
type HelpArguments = ConstructorParameters<typeof OclifHelp>

/** oclif's help with the examples on top: most people copy one and change it. Flags keep the order in which they are declared. */
export class Help extends OclifHelp {
  protected override CommandHelpClass = ExamplesFirst

  constructor(config: HelpArguments[0], options: HelpArguments[1] = {}) {
    super(config, {flagSortOrder: 'none', docopts: false, hideCommandSummaryInDescription: true, ...options})
  }

  protected override async showRootHelp(): Promise<void> {
    const {bin, pjson} = this.config
    const examples = ['create', 'net add macvlan storage --master data', 'verify']
    this.log(
      [
        this.wrap(pjson.description ?? '', 0),
        this.section('EXAMPLES', examples.map((example) => `$ ${bin} ${example}`).join('\n')),
        this.section('USAGE', `$ ${bin} COMMAND [--json]\n$ ${bin} COMMAND --help\n$ ${bin} --version`),
        this.formatCommands(this.sortedCommands),
      ].join('\n\n'),
    )
  }
}

class ExamplesFirst extends CommandHelp {
  /** One below the other, without oclif's blank lines. */
  protected override examples(examples: Parameters<CommandHelp['examples']>[0]): string | undefined {
    const texts = [examples ?? []].flat().filter((example) => typeof example === 'string')
    return super.examples(texts.join('\n'))
  }

  /** oclif 4.14 trims the list and with it the margin of a first flag that has no letter. */
  override renderList(...[input, options]: Parameters<CommandHelp['renderList']>): string {
    const margin = /^ */.exec(input[0]?.[0] ?? '')?.[0] ?? ''
    return margin + super.renderList(input, options)
  }

  protected override sections(): Sections {
    const order = ['EXAMPLES', 'USAGE', 'DESCRIPTION', 'ARGUMENTS', 'FLAGS']
    const rank = (header: string) => (order.includes(header) ? order.indexOf(header) : order.length)
    return super.sections().toSorted((one, other) => rank(one.header) - rank(other.header))
  }
}
