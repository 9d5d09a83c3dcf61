import {describe, expect, test} from 'vitest'
import {nearestName} from '../../src/spec/nearest-name.ts'
import {compareVersions, inRange, minorOf, newestFirst} from '../../src/spec/versions.ts'

describe('versions', () => {
  test.each([
    ['v1.34.4', '1.34.4', 0],
    ['1.34', 'v1.34.0', 0],
    ['1.9.1', '1.10.0', -1],
    ['v3.32.1', 'v3.32.0', 1],
    ['1.20.0-pre.3', '1.20.0', -1],
    ['nonsense', '0.1.0', -1],
  ])('%s against %s: %i', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b))).toBe(expected)
  })

  test('both ends of a range belong to it, with all their patch releases', () => {
    const range = {min: '1.15', max: '1.20'}

    expect(['1.15.0', '1.15.19', 'v1.20.99', '1.17', '1.20.0-rc.1'].map((version) => inRange(version, range))).toEqual(
      Array.from({length: 5}, () => true),
    )
    expect(['1.14.9', '1.21.0', '2.16.0', '', 'latest'].map((version) => inRange(version, range))).toEqual(
      Array.from({length: 5}, () => false),
    )
  })

  test('the minor release is found however a version is written', () => {
    expect(['v1.34.4', '1.34', '3.32.1', '1.34.0-alpha.1', 'auto'].map(minorOf)).toEqual([
      '1.34',
      '1.34',
      '3.32',
      '1.34',
      undefined,
    ])
  })

  test('the newest comes first', () => {
    expect(newestFirst(['v1.9.0', 'v1.34.11', 'v1.34.4', 'v1.35.0'])).toEqual([
      'v1.35.0',
      'v1.34.11',
      'v1.34.4',
      'v1.9.0',
    ])
  })
})

describe('the nearest name', () => {
  test.each([
    ['celium', 'cilium'],
    ['wrokers', 'workers'],
    ['podsubnet', 'podSubnet'],
    ['x', undefined],
    ['flannel', undefined],
  ])('%s: %s', (word, expected) => {
    expect(nearestName(word, ['cilium', 'calico', 'workers', 'podSubnet'])).toBe(expected)
  })
})
