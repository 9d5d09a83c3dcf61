import {ciliumExclusiveAtRestart} from './cilium-exclusive-at-restart.ts'
import {configurationLeftBehind} from './configuration-left-behind.ts'
import type {Fault} from './fault.ts'
import {multusThatStaysAway, podsWithoutMultus} from './multus-that-stays-away.ts'
import {namespaceLeft} from './namespace-left.ts'
import {clusterThatStaysAway, nodeThatStaysAway} from './node-that-stays-away.ts'
import {nothingCarried} from './nothing-carried.ts'
import {addressesKept, slowPlugin} from './plugin-wrapped.ts'
import {verdictsThatChange} from './verdicts-that-change.ts'

/** What performance, hygiene and survival are about; each is tried with its check alone, for an ordeal takes a minute. */
export const survivalFaults: readonly Fault[] = [
  namespaceLeft,
  ...[
    nothingCarried,
    slowPlugin,
    verdictsThatChange,
    addressesKept,
    multusThatStaysAway,
    podsWithoutMultus,
    ciliumExclusiveAtRestart,
    configurationLeftBehind,
    nodeThatStaysAway,
    clusterThatStaysAway,
  ].map((fault): Fault => ({...fault, slow: true})),
]
