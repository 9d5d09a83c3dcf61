import {describe, expect, test} from 'vitest'
import {type CniName, cnis} from '../../src/catalog/cni/index.ts'
import {type MultusMode, multusModes} from '../../src/catalog/multus/index.ts'
import type {MultusContext} from '../../src/catalog/multus/multus-option.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {lockedImages, manifest} from './manifests.ts'

const modes = Object.keys(multusModes) as readonly MultusMode[]
const pairs = modes.flatMap((mode) => (Object.keys(cnis) as readonly CniName[]).map((cni) => [mode, cni] as const))

interface Container {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly env?: readonly {readonly name: string; readonly value?: string}[]
  readonly resources: {readonly limits: Readonly<Record<string, string>>}
}

interface DaemonSet {
  readonly spec: {
    readonly selector: {readonly matchLabels: Readonly<Record<string, string>>}
    readonly template: {
      readonly metadata: {readonly labels: Readonly<Record<string, string>>}
      readonly spec: Readonly<Record<string, unknown>> & {
        readonly containers: readonly Container[]
        readonly initContainers: readonly Container[]
      }
    }
  }
}

function fitted(
  mode: MultusMode,
  cni: CniName,
  image = `ghcr.io/k8snetworkplumbingwg/multus-cni:${mode}`,
): readonly KubernetesObject[] {
  const context: MultusContext = {
    image,
    confFile: cnis[cni].confFile,
    environment: mode === 'thick' ? cnis[cni].thickEnvironment : {},
  }
  return multusModes[mode].fit(manifest(multusModes[mode].manifest), context)
}

function daemonSet(objects: readonly KubernetesObject[]): KubernetesObject & DaemonSet {
  const found = objects.find(({kind}) => kind === 'DaemonSet')
  if (!found) throw new Error('no DaemonSet')
  return found as KubernetesObject & DaemonSet
}

function daemonConfig(objects: readonly KubernetesObject[]): Readonly<Record<string, unknown>> {
  const {data} = objects.find(({kind}) => kind === 'ConfigMap') as unknown as {
    readonly data: Readonly<Record<string, string>>
  }
  return JSON.parse(data['daemon-config.json'] ?? '') as Readonly<Record<string, unknown>>
}

describe.each(pairs)('%s on %s', (mode, cni) => {
  test('is as its golden says', async () => {
    await expect(toYaml(fitted(mode, cni))).toMatchFileSnapshot(`../golden/objects/multus-${mode}-${cni}.yaml`)
  })

  test('leaves the objects that it was made from as they were', () => {
    const objects = manifest(multusModes[mode].manifest)
    const before = structuredClone(objects)

    multusModes[mode].fit(objects, {image: 'x', confFile: 'y', environment: {A: 'b'}})

    expect(objects).toEqual(before)
  })

  test('names the primary configuration wherever it is named, and no other', () => {
    const text = JSON.stringify(fitted(mode, cni))
    const others = Object.values(cnis)
      .map(({confFile}) => confFile)
      .filter((file) => file !== cnis[cni].confFile)

    expect(text).toContain(cnis[cni].confFile)
    expect(others.filter((file) => text.includes(file))).toEqual([])
  })

  test('runs the image of the context in every container', () => {
    const {containers, initContainers} = daemonSet(fitted(mode, cni, 'registry.test/multus:1')).spec.template.spec

    expect([...containers, ...initContainers].map(({image}) => image)).toEqual([
      'registry.test/multus:1',
      'registry.test/multus:1',
    ])
  })
})

describe.each(modes)('the manifest for %s', (mode) => {
  const objects = manifest(multusModes[mode].manifest)
  const {selector, template} = daemonSet(objects).spec
  const pod = template.spec

  test('carries the image of the lock', () => {
    const images = new Set([...pod.containers, ...pod.initContainers].map(({image}) => image))

    expect([...images]).toEqual(lockedImages(multusModes[mode].image))
  })

  test('is what it would be for Cilium, as it stands', () => {
    const [image = ''] = lockedImages(multusModes[mode].image)

    const same = daemonSet(fitted(mode, 'cilium', image)).spec.template.spec

    expect(same).toEqual(pod)
  })

  test('is found as app=multus, and both modes replace each other in place', () => {
    expect(daemonSet(objects).metadata).toMatchObject({
      name: 'kube-multus-ds',
      namespace: 'kube-system',
      labels: {app: 'multus', name: 'multus'},
    })
    expect(template.metadata.labels).toMatchObject({app: 'multus', name: 'multus'})
    expect(selector.matchLabels).toEqual({name: 'multus'})
  })

  test('runs on every node and is the last to be evicted', () => {
    expect(pod).toMatchObject({
      priorityClassName: 'system-node-critical',
      tolerations: [
        {operator: 'Exists', effect: 'NoSchedule'},
        {operator: 'Exists', effect: 'NoExecute'},
      ],
    })
  })

  test('has room for a burst of pods: no CPU limit, and far more memory than upstream gives', () => {
    const [main] = pod.containers

    expect(main?.resources.limits).toEqual({memory: mode === 'thick' ? '1Gi' : '256Mi'})
  })
})

describe('thin', () => {
  test('removes its configuration when it ends, which also makes it follow changes', () => {
    expect(daemonSet(fitted('thin', 'calico')).spec.template.spec.containers[0]?.args).toEqual([
      '--multus-conf-file=auto',
      '--multus-master-cni-file-name=10-calico.conflist',
      '--readiness-indicator-file=/etc/cni/net.d/10-calico.conflist',
      '--cleanup-config-on-exit=true',
      '--skip-multus-binary-copy=true',
    ])
  })
})

describe('thick', () => {
  test.each([
    ['cilium', []],
    ['calico', [{name: 'KUBECONFIG', value: '/etc/cni/net.d/calico-kubeconfig'}]],
  ] as const)('on %s is given the environment %o beside its own', (cni, own) => {
    const [main] = daemonSet(fitted('thick', cni)).spec.template.spec.containers

    expect(main?.env?.map(({name}) => name)).toEqual(['MULTUS_NODE_NAME', ...own.map(({name}) => name)])
    expect(main?.env?.slice(1)).toEqual(own)
  })

  test('starts anew when the primary CNI changes', () => {
    const annotations = (['cilium', 'calico'] as const).map(
      (cni) => daemonSet(fitted('thick', cni)).spec.template.metadata,
    )

    expect(annotations[0]).not.toEqual(annotations[1])
  })

  test('waits for the file that it delegates to', () => {
    expect(daemonConfig(fitted('thick', 'calico'))).toMatchObject({
      multusMasterCNI: '10-calico.conflist',
      readinessindicatorfile: '/host/etc/cni/net.d/10-calico.conflist',
      cniVersion: '0.3.1',
      multusConfigFile: 'auto',
    })
  })
})

test('the definition of networks is one object of its own', () => {
  expect(manifest('multus/crd.yaml').map(({kind, metadata}) => [kind, metadata.name])).toEqual([
    ['CustomResourceDefinition', 'network-attachment-definitions.k8s.cni.cncf.io'],
  ])
})
