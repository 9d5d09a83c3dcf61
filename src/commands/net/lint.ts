import {string} from '@oclif/core/args'
import {readFields} from '../../spec/read-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import {lintFields} from '../../terminal/lint-input.ts'
import {lintResult} from '../../terminal/lint-result.ts'
import {only} from '../../terminal/run-options.ts'
import {WorldCommand} from '../../terminal/world-command.ts'

export default class NetLint extends WorldCommand {
  static override readonly summary = 'Say what is wrong with networks and the pods that use them'
  static override readonly description =
    'Reads YAML and JSON files, folders of them, standard input (-) and networks of a cluster by name, and judges all of it together. Without --cluster and without names it works offline. Exit code 1: a finding at or above --fail-on; 2: something could not be read.'
  static override readonly examples = [
    '<%= config.bin %> net lint network.yaml pods.yaml',
    '<%= config.bin %> net lint manifests --fix',
    'kubectl get net-attach-def -A -o json | <%= config.bin %> net lint -',
    '<%= config.bin %> net lint pod.yaml --cluster lab --format github',
  ]
  static override readonly args = {
    input: string({description: 'files, folders, - or networks of the cluster', multiple: true}),
  }
  static override readonly flags = toFlags(lintFields)

  protected override readonly fields = lintFields

  override async run(): Promise<object> {
    const {input, ...said} = await this.collect()
    const {fix, format, failOn, listRules} = readFields(lintFields, only(said, lintFields))
    const {lintAnswer, ruleListAnswer} = await import('../../terminal/present-lint-formats.ts')
    if (listRules) return this.answer(ruleListAnswer(format))
    const inputs = (input?.value ?? []) as readonly string[]
    const {requireLintInput, runLint} = await import('../../terminal/run-lint.ts')
    requireLintInput(inputs, said)
    const {stdin, stdout} = this.surroundings
    const outcome = await this.inWorld(said, (world) => runLint({inputs, said, fix}, world, stdin))
    const result = lintResult(outcome, failOn)
    this.surroundings.exitWith(result.exitCode)
    return this.answer(lintAnswer(result, format, this.page(stdout)))
  }

  private answer({document, text}: {readonly document: object; readonly text: string}): object {
    this.say(text)
    return document
  }
}
