import {string} from '@oclif/core/args'
import {BaseCommand} from '../terminal/base-command.ts'

export default class Explain extends BaseCommand {
  static override readonly summary = 'Say what an error code, the text of an event, a type of network or an IPAM means'
  static override readonly examples = [
    '<%= config.bin %> explain KL-4006',
    '<%= config.bin %> explain engine-unreachable',
    '<%= config.bin %> explain KL-L304',
    '<%= config.bin %> explain macvlan',
    `<%= config.bin %> explain 'failed to find plugin "macvlan"'`,
    '<%= config.bin %> explain KL-2003 --json',
  ]
  static override readonly aliases = ['net:explain']
  static override readonly args = {
    code: string({
      description:
        'a code that an error printed, such as KL-4006; a word of networks, such as macvlan; or the text of an event',
      required: true,
    }),
  }

  override async run(): Promise<unknown> {
    const {args} = await this.parse(Explain)
    const page = this.page(this.surroundings.stdout)
    const {explainTopic, presentTopic} = await import('../terminal/explain-topic.ts')
    const topic = explainTopic(args.code)
    if (topic) {
      this.say(presentTopic(topic, page))
      return topic
    }
    const {explain, presentExplanation} = await import('../terminal/explain.ts')
    const explanation = explain(args.code)
    this.say(presentExplanation(explanation, page))
    return explanation
  }
}
