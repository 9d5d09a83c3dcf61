/**
 * One thing that can be said of a network type or of a chained plugin, as data. spec/option-field makes a flag, a question and a check of it; its
 * value goes into the plugin's configuration under `config`, else under its own key.
 */
export type CatalogOption = AboutOption &
  (
    | {readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>>; readonly default?: string}
    | {readonly kind: 'integer'; readonly min: number; readonly max: number}
    | {readonly kind: 'boolean'; readonly default?: boolean}
    | {readonly kind: 'text'; readonly text: OptionText}
    /** Bits in a second: `100M`, `2.5G`, `64k`. */
    | {readonly kind: 'rate'}
    /** Several keys that begin with `prefix`, each with a text: kept together. Only for chained plugins. */
    | {readonly kind: 'map'; readonly prefix: string}
  )

/** What a text must be. `resource`: an extended resource such as `intel.com/sriov`. */
export type OptionText = 'interface' | 'mac' | 'resource'

interface AboutOption {
  readonly ask: string
  readonly describe: string
  /** Whether the wizard asks it. */
  readonly wizard?: true
  /** The plugin cannot do without it. */
  readonly required?: true
  /** The key of the plugin's configuration; `none`: the type writes it itself. */
  readonly config?: string
}

/** By key: the flag is the same with dashes. */
export type CatalogOptions = Readonly<Record<string, CatalogOption>>

export type OptionValue = string | number | boolean | Readonly<Record<string, string>>

export type OptionValues = Readonly<Record<string, OptionValue>>

/** The values as the plugin's configuration has them: defaults filled in, in the order of the options. */
export function configOf(options: CatalogOptions, values: OptionValues): Readonly<Record<string, OptionValue>> {
  const entries = Object.entries(options).flatMap(([key, option]): [string, OptionValue][] => {
    const value = values[key] ?? ('default' in option ? option.default : undefined)
    return value === undefined || option.config === 'none' ? [] : [[option.config ?? key, value]]
  })
  return Object.fromEntries(entries)
}
