import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, networksAnnotation, workloadLabel} from './labels.ts'

/** What one server hands out. Addresses are dotted IPv4 text, `start` and `end` inclusive. */
export interface DhcpLeases {
  readonly start: string
  readonly end: string
  /** How many addresses that is. */
  readonly size: number
  /** `255.255.255.0`. */
  readonly mask: string
  readonly routes: readonly {readonly to: string; readonly gateway: string}[]
}

export interface DhcpServerInput {
  readonly namespace: string
  /** Of all its objects, and of the network that the servers attach to. */
  readonly name: string
  /** One with udhcpd of busybox in it. */
  readonly image: string
  /** By node. */
  readonly leases: Readonly<Record<string, DhcpLeases>>
}

/** The servers, one on each node, and what each hands out: a ConfigMap and a DaemonSet. */
export function dhcpServerObjects({namespace, name, image, leases}: DhcpServerInput): readonly KubernetesObject[] {
  const metadata = {name, namespace, labels: managedBy}
  const configs = Object.entries(leases).map(([node, own]) => [`${node}.conf`, udhcpdConfig(own)])
  const labels = {[workloadLabel]: name}
  return [
    {apiVersion: 'v1', kind: 'ConfigMap', metadata, data: Object.fromEntries(configs)},
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata,
      spec: {
        selector: {matchLabels: labels},
        // A server that cannot read its configuration ends at once: it must not count as there.
        minReadySeconds: 2,
        template: {
          metadata: {labels: {...managedBy, ...labels}, annotations: {[networksAnnotation]: name}},
          spec: podSpec(name, image),
        },
      },
    },
  ]
}

/**
 * The configuration of busybox' udhcpd 1.35. No router is named: the plugin dhcp makes a default route of one (plugins v1.9.1, dhcp/lease.go). A lease is ten
 * minutes, for nothing else frees an address: the plugin's DHCPRELEASE goes from 0.0.0.0 to the server alone, and the lease stayed (seen on a cluster).
 * Leases are written often: a restarted server knows only the file.
 */
function udhcpdConfig({start, end, size, mask, routes}: DhcpLeases): string {
  return [
    `start ${start}`,
    `end ${end}`,
    `max_leases ${size}`,
    'interface net1',
    'lease_file /leases/leases',
    'pidfile /leases/pid',
    'auto_time 30',
    'option lease 600',
    `option subnet ${mask}`,
    ...(routes.length > 0
      ? [`option staticroutes ${routes.map(({to, gateway}) => `${to} ${gateway}`).join(', ')}`]
      : []),
    '',
  ].join('\n')
}

function podSpec(name: string, image: string): Readonly<Record<string, unknown>> {
  return {
    tolerations: [{operator: 'Exists'}],
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    containers: [
      {
        name: 'udhcpd',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['busybox', 'udhcpd', '-f', '/config/$(NODE).conf'],
        env: [{name: 'NODE', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}}],
        resources: {requests: {cpu: '10m', memory: '16Mi'}, limits: {cpu: '1', memory: '64Mi'}},
        volumeMounts: [
          {name: 'config', mountPath: '/config', readOnly: true},
          {name: 'leases', mountPath: '/leases'},
        ],
      },
    ],
    volumes: [
      {name: 'config', configMap: {name}},
      {name: 'leases', emptyDir: {}},
    ],
  }
}
