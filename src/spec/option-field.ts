import type {CatalogOption, OptionText, OptionValue} from '../catalog/option.ts'
import {boolean, choice, integer, type Parsed, text, withDefault} from './field-kinds.ts'
import type {Field} from './field.ts'
import {readRate} from './rate.ts'
import {readInterfaceName, readMac, readResource} from './texts.ts'

/** The field of one option: its key, in words with dashes, is the flag. */
export function optionField(key: string, option: CatalogOption): Field<OptionValue> {
  const {ask, describe, wizard} = option
  const about = {flag: flagOf(key), ask, describe, ...(wizard === true && {wizard})}
  switch (option.kind) {
    case 'choice':
      return choice({
        ...about,
        choices: Object.entries(option.choices).map(([value, summary]) => ({value, title: value, summary})),
      })
    case 'integer':
      return integer({...about, min: option.min, max: option.max})
    case 'boolean':
      return option.default === true ? withDefault(true, boolean(about)) : boolean(about)
    case 'text':
      return text({...about, read: readers[option.text]})
    case 'rate':
      return text({...about, read: readRate})
    case 'map':
      throw new Error(`${key} has several keys and is no field: only chained plugins may have such`)
  }
}

/** `macSpoofCheck` is the flag `mac-spoof-check`. */
export function flagOf(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

const readers: Readonly<Record<OptionText, (raw: unknown) => Parsed<string>>> = {
  interface: readInterfaceName,
  mac: readMac,
  resource: readResource,
}
