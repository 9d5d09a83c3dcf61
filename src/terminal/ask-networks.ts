import type {Field, RawValue} from '../spec/field.ts'
import {faultOf} from './ask.ts'
import type {Prompter} from './prompter.ts'

const most = 4

/** How many extra networks, then the name and subnet of each: the raw answer is what `--network` would get. */
export async function askNetworks(field: Field, prompter: Prompter): Promise<RawValue> {
  const count = await prompter.input({
    message: `${field.ask}, each a NIC on every node (0 to ${most})`,
    default: '1',
    fault: (text) => (/^\d+$/.test(text) && Number(text) <= most ? undefined : `a number from 0 to ${most}`),
  })
  const networks: string[] = []
  for (let index = 1; index <= Number(count); index += 1) {
    networks.push(await askNetwork(field, networks, prompter))
  }
  return {value: networks.length === 0 ? ['none'] : networks, from: `the answer to "${field.ask}"`}
}

async function askNetwork(field: Field, before: readonly string[], prompter: Prompter): Promise<string> {
  const place = before.length + 1
  const name = await prompter.input({
    message: `Name of network ${place}`,
    default: place === 1 ? 'data' : `data${place}`,
    fault: (text) =>
      faultOf(field, [text]) ?? (before.some((one) => one.split('=')[0] === text) ? 'that name is taken' : undefined),
  })
  const subnet = await prompter.input({
    message: `Subnet of ${name}`,
    default: 'auto',
    fault: (text) => faultOf(field, [`${name}=${text}`]),
  })
  return subnet === 'auto' ? name : `${name}=${subnet}`
}
