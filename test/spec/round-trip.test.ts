import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {clusterFields} from '../../src/spec/cluster-fields.ts'
import type {ClusterSpec} from '../../src/spec/cluster-spec.ts'
import {toCommandLine} from '../../src/spec/command-line.ts'
import type {Field, RawInput} from '../../src/spec/field.ts'
import {readClusterSpec} from '../../src/spec/read-cluster-spec.ts'
import {parseSpecFile, specFileText} from '../../src/spec/spec-file.ts'
import {problemOf, rawOf} from './raw.ts'

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/)

const networks = fc
  .uniqueArray(fc.record({name: label.filter((name) => name !== 'none'), subnet: fc.constantFrom('auto', 'given')}), {
    selector: ({name}) => name,
    maxLength: 4,
  })
  .map((wanted) =>
    wanted.map(({name, subnet}, index) => ({name, subnet: subnet === 'auto' ? 'auto' : `172.30.${index}.0/24`})),
  )

/** Any spec that can be asked for. */
const specs: fc.Arbitrary<ClusterSpec> = fc
  .record({
    name: label,
    kubernetes: fc.constantFrom('auto', '1.31', '1.34', 'v1.34.4', 'v1.37.0'),
    controlPlanes: fc.constantFrom(1, 3, 5),
    workers: fc.integer({min: 0, max: 9}),
    cni: fc.constantFrom('cilium' as const, 'calico' as const),
    multus: fc.constantFrom('thin' as const, 'thick' as const, 'none' as const),
    podSubnet: fc.constantFrom('10.244.0.0/16', '10.128.0.0/14'),
    serviceSubnet: fc.constantFrom('10.96.0.0/16', '192.168.100.0/24'),
    networks,
    testNetworks: fc.boolean(),
  })
  .map((spec) =>
    readClusterSpec(
      rawOf(spec.multus === 'none' || spec.networks.length === 0 ? {...spec, testNetworks: false} : spec),
    ),
  )

/** What a parser of flags makes of the words of `k8s-local create`. */
function rawOfWords([, , name, ...words]: readonly string[]): RawInput {
  const values = new Map<string, unknown>([['name', name]])
  for (let index = 0; index < words.length; index += 1) {
    const flag = words[index]?.replace(/^--/, '') ?? ''
    const entry = Object.entries<Field>(clusterFields).find(([, field]) => field.flag === flag.replace(/^no-/, ''))
    if (!entry) throw new Error(`no flag --${flag}`)
    const [key, {kind}] = entry
    if (kind === 'boolean') values.set(key, !flag.startsWith('no-'))
    else {
      index += 1
      values.set(
        key,
        kind === 'list' ? [...((values.get(key) as string[] | undefined) ?? []), words[index]] : words[index],
      )
    }
  }
  return rawOf(Object.fromEntries(values))
}

describe('the equal command line', () => {
  test('asks for the same cluster', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        expect(readClusterSpec(rawOfWords(toCommandLine(spec)))).toEqual(spec)
      }),
    )
  })

  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{}, 'k8s-local create k8s-local'],
    [{name: 'dev', cni: 'calico', workers: 3}, 'k8s-local create dev --workers 3 --cni calico'],
    [{networks: 'none'}, 'k8s-local create k8s-local --network none'],
    [{multus: 'none'}, 'k8s-local create k8s-local --multus none'],
    [{testNetworks: false}, 'k8s-local create k8s-local --no-test-networks'],
    [
      {networks: ['data', 'storage=172.31.4.0/24'], controlPlanes: 3, kubernetes: '1.34'},
      'k8s-local create k8s-local --control-planes 3 --kubernetes 1.34 --network data --network storage=172.31.4.0/24',
    ],
  ])('says only what is not a default: %o', (values, line) => {
    expect(toCommandLine(readClusterSpec(rawOf(values))).join(' ')).toBe(line)
  })
})

describe('the file', () => {
  test('asks for the same cluster', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        expect(readClusterSpec(parseSpecFile(specFileText(spec), 'k8s-local.yaml'))).toEqual(spec)
      }),
    )
  })

  test('is readable: every key with what it means', async () => {
    const spec = readClusterSpec(rawOf({name: 'dev', kubernetes: '1.34', networks: ['data', 'storage=172.31.4.0/24']}))

    await expect(specFileText(spec)).toMatchFileSnapshot('../golden/config/k8s-local.yaml')
  })

  test('needs neither header nor all keys', () => {
    const raw = parseSpecFile('workers: 1\n', 'my.yaml')

    expect(raw).toEqual({workers: {value: 1, from: 'workers in my.yaml, line 1'}})
    expect(readClusterSpec(parseSpecFile('# nothing\n', 'my.yaml'))).toEqual(readClusterSpec({}))
  })

  test('a value that is wrong is found by its line', () => {
    const text = 'apiVersion: k8s-local/v1\nkind: Cluster\n\n# how many\nworkers: 12\ncnii: cilium\nkubernetes: 1.4\n'
    const {findings} = problemOf(() => readClusterSpec(parseSpecFile(text, 'my.yaml')))

    expect(findings?.map(({at}) => at)).toEqual([
      'cnii in my.yaml, line 6',
      'workers in my.yaml, line 5',
      'kubernetes in my.yaml, line 7',
    ])
  })

  test.each([
    ['workers: [1', 'my.yaml is not valid YAML', /^line \d+, column \d+: /],
    ['workers: 1\nworkers: 2\n', 'my.yaml is not valid YAML', /line 2.*unique/],
    ['- a\n- b\n', 'my.yaml does not describe a cluster of k8s-local', /instead of keys and values/],
    ['hello', 'my.yaml does not describe a cluster of k8s-local', /'hello'/],
    ['apiVersion: v1\nkind: Pod\n', 'my.yaml does not describe a cluster of k8s-local', /apiVersion is 'v1'/],
    ['kind: Bundle\n', 'my.yaml does not describe a cluster of k8s-local', /kind is 'Bundle'/],
  ])('%j is refused', (text, message, cause) => {
    const problem = problemOf(() => parseSpecFile(text, 'my.yaml'))

    expect(problem).toMatchObject({name: 'spec-file-unreadable', message})
    expect(problem.cause).toMatch(cause)
    expect(problem.suggestions).not.toEqual([])
  })
})
