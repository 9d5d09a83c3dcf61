import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {docker} from './engine.ts'
import {bundle} from './home.ts'

/** One way to build a cluster, and why it cannot be built here, if it cannot. */
export interface Cell {
  readonly cni: 'cilium' | 'calico'
  readonly multus: 'thin' | 'thick'
  readonly missing?: string
}

/** Every CNI with every Multus mode. Calico's images are nowhere to be built from: they are in a bundle that somebody made by hand, or not at all. */
export async function matrix(): Promise<readonly Cell[]> {
  const missing = await missingForCalico()
  const calico = missing === undefined ? {} : {missing}
  return [
    {cni: 'cilium', multus: 'thin'},
    {cni: 'cilium', multus: 'thick'},
    {cni: 'calico', multus: 'thin', ...calico},
    {cni: 'calico', multus: 'thick', ...calico},
  ]
}

async function missingForCalico(): Promise<string | undefined> {
  if (bundle === undefined) return undefined
  const index = readFileSync(join(bundle, 'bundle.yaml'), 'utf8')
  if (!/name: calico-manifest\b/.test(index)) return 'the bundle has no calico-manifest'
  const inEngine = await docker('image', 'ls', '--format', '{{.Repository}}')
  const images = ['node', 'cni', 'kube-controllers']
  const absent = images.filter(
    (image) => !index.includes(`name: calico-${image}\n`) && !inEngine.includes(`calico/${image}`),
  )
  return absent.length === 0 ? undefined : `neither bundle nor engine holds calico/${absent.join(', calico/')}`
}
