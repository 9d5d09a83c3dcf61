import {lint, type LintInput, type LintReport} from '../../src/lint/lint.ts'
import type {LintFacts} from '../../src/lint/scene.ts'
import type {Source} from '../../src/lint/source.ts'

export function sourceOf(text: string, name = 'given.yaml'): Source {
  return {name, text, origin: 'file'}
}

export function lintText(text: string, more: Omit<LintInput, 'sources'> = {}): LintReport {
  return lint({sources: [sourceOf(text)], ...more})
}

/** `12:5 KL-L304`, in order. */
export function briefly({findings}: LintReport): readonly string[] {
  return findings.map(({code, at: {start}}) => `${start.line}:${start.column} ${code}`)
}

/** A network with this configuration and nothing else to be said of it. */
export function networkText(
  config: unknown,
  {name = 'data', namespace = 'default', annotations = {}}: About = {},
): string {
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  const all = {'kubernetes.io/description': 'for a test', ...annotations}
  const lines = Object.entries(all).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`)
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
${lines.join('\n')}
spec:
  config: ${JSON.stringify(text)}
`
}

interface About {
  readonly name?: string
  readonly namespace?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** A pod that asks for this. */
export function podText(
  networks: unknown,
  {key = 'k8s.v1.cni.cncf.io/networks', namespace = 'default', spec = ''} = {},
): string {
  const text = typeof networks === 'string' ? networks : JSON.stringify(networks)
  return `apiVersion: v1
kind: Pod
metadata:
  name: one
  namespace: ${namespace}
  annotations:
    ${key}: ${JSON.stringify(text)}
spec:
${spec}  containers:
    - name: main
      image: busybox
      resources: {limits: {cpu: 1, memory: 1Mi}}
`
}

export const twoNodes: LintFacts = {
  cluster: 'lab',
  nodes: ['lab-worker', 'lab-worker2'].map((name, index) => ({
    name,
    interfaces: [
      {name: 'eth0', mtu: 1500, addresses: [`172.18.0.${index + 2}`]},
      {name: 'eth1', mtu: 9000, addresses: [`172.30.0.${index + 2}`]},
    ],
    resources: [],
    provider: 'kind',
  })),
  podSubnet: '10.50.0.0/16',
  serviceSubnet: '10.51.0.0/16',
  multusVersion: '4.1.4',
  plugins: ['macvlan', 'bridge', 'host-local', 'static'],
  namespaces: ['default', 'kube-system'],
  machine: [],
}
