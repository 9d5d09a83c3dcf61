import {describe, expect, test} from 'vitest'
import {judge, json, recorded, text, textOf, valueOf} from './recorded.ts'

const name = 'both-families'

/** The network with another IPAM; 10.77.0.10 and fd00:77::10 are what the pod has. */
function subject(ipam: object): never {
  const config = JSON.stringify({cniVersion: '0.3.1', type: 'macvlan', master: 'eth1', ipam})
  return {networks: [{network: 'checks-attach-six/both', config, spansNodes: true}]} as unknown as never
}

describe('address-unique', () => {
  test.each([
    [
      'host-local',
      {type: 'host-local', ranges: [[{subnet: '10.77.0.0/24', rangeStart: '10.77.0.110', rangeEnd: '10.77.0.120'}]]},
    ],
    ['host-local, flat', {type: 'host-local', subnet: '10.77.0.0/24', rangeStart: '10.77.0.110'}],
    ['whereabouts', {type: 'whereabouts', range: '10.77.0.0/24', range_start: '10.77.0.110', range_end: '10.77.0.120'}],
    ['whereabouts, in one text', {type: 'whereabouts', range: '10.77.0.110-10.77.0.120/24'}],
    ['static', {type: 'static', addresses: [{address: '10.77.0.7/24'}]}],
  ])('by hand: an address outside the range of %s fails, one of a family that it does not have passes', (_, ipam) => {
    expect(judge('address-unique', name, {subject: subject(ipam)}).evidence).toEqual([
      '10.77.0.10 on net1 is outside the range of checks-attach-six/both',
    ])
  })

  test.each([
    [
      'the gateway',
      {type: 'host-local', ranges: [[{subnet: '10.77.0.0/24', gateway: '10.77.0.10'}]]},
      'the gateway of',
    ],
    [
      'an excluded address',
      {type: 'whereabouts', range: '10.77.0.0/24', exclude: ['10.77.0.8/30']},
      'in an excluded part of the range of',
    ],
    [
      'an IPv6 address outside',
      {type: 'whereabouts', ipRanges: [{range: '10.77.0.0/24'}, {range: 'fd00:99::/64'}]},
      'outside the range of',
    ],
  ])('by hand: %s fails', (_, ipam, words) => {
    expect(judge('address-unique', name, {subject: subject(ipam)})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining(`on net1 is ${words} checks-attach-six/both`),
    })
  })

  test('by hand: no address, though the network hands them out, fails', () => {
    const pod = JSON.stringify(valueOf('address-unique', name, 'pod')).replace(
      /\\"10\.77\.0\.10\\",.*?\\"fd00:77::10\\"/,
      '',
    )

    expect(judge('address-unique', name, {evidence: {pod: json(JSON.parse(pod))}}).summary).toBe(
      'net1 got no address, though whereabouts hands out addresses on checks-attach-six/both',
    )
  })

  const twice = 'host-local-same-address-twice'

  test('the same address on another node fails with the other pod, as host-local with one range gives it', () => {
    expect(judge('address-unique', twice)).toMatchObject({
      status: 'fail',
      summary: '172.30.1.100 on default/macvlan-hostlocal is also the address of default/hl2',
      cause: 'host-local counts on each node by itself, and the nodes share one range',
    })
  })

  test('by hand: the same address on another node passes where the network does not span nodes, and on an ended pod', () => {
    const networks = (recorded('address-unique', twice).subject as {networks: {[key: string]: string | boolean}[]})
      .networks
    const alone = {networks: networks.map((network) => ({...network, spansNodes: false}))}
    const ended = JSON.stringify(valueOf('address-unique', twice, 'pods')).replaceAll('"Running"', '"Succeeded"')

    expect(judge('address-unique', twice, {subject: alone}).status).toBe('pass')
    expect(judge('address-unique', twice, {evidence: {pods: json(JSON.parse(ended))}}).status).toBe('pass')
  })

  test('by hand: an image without arping is no reason to fail', () => {
    const evidence = {'arp checks-attach-six/both': text('', 127, 'sh: arping: not found')}

    expect(judge('address-unique', name, {evidence}).status).toBe('pass')
  })
})

describe('address-requested', () => {
  test('by hand: another address and another MAC than asked for fail, both told', () => {
    const evidence = {
      addresses: text(textOf('address-requested', 'healthy', 'addresses').replace('198.18.2.77/24', '198.18.2.10/24')),
      links: text(textOf('address-requested', 'healthy', 'links').replace('02:00:c6:12:02:4d', '02:00:c6:12:02:4e')),
    }

    expect(judge('address-requested', 'healthy', {evidence})).toMatchObject({
      status: 'fail',
      summary:
        'requests asked for 198.18.2.77/24 and got 198.18.2.10/24, asked for MAC 02:00:c6:12:02:4d and got 02:00:c6:12:02:4e',
    })
  })

  test('by hand: an address that somebody else has is not held against the network', () => {
    const pods = valueOf('address-requested', 'healthy', 'pods')
    const items = (pods['items'] as unknown as object[]).map((pod) =>
      JSON.parse(JSON.stringify(pod).replaceAll('"name":"requests"', '"name":"other"')),
    )
    const {pod} = recorded('attach-ready', 'not-ready-pool2').evidence

    expect(judge('address-requested', 'healthy', {evidence: {...(pod && {pod}), pods: json({items})}})).toMatchObject({
      status: 'skip',
      summary: expect.stringMatching(/^198\.18\.2\.77\/24 is in use by k8s-local-verify-\w+\/other$/),
    })
  })

  test('a plugin that only the check needs, and that no node has, is a skip', () => {
    const {pod, events} = recorded('attach-ready', 'not-ready-plugin').evidence

    expect(judge('address-requested', 'healthy', {evidence: {...(pod && {pod}), ...(events && {events})}})).toEqual({
      status: 'skip',
      summary: 'the plugin nosuchplugin, which it would show this with, is not on the node',
    })
  })
})
