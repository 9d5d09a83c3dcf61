import {conditionOf, isTrue} from './conditions.ts'
import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** The API serves the custom resource. */
export const crdEstablished: Waiter<'crd-established'> = ({name}, context) =>
  watchUntil(
    {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', fieldSelector: `metadata.name=${name}`},
    context,
    ([crd]) => {
      const condition = crd && conditionOf(crd, 'Established')
      return {
        ready: isTrue(condition),
        seen: crd ? `${name}: ${condition?.message ?? 'not established yet'}` : `${name} does not exist`,
      }
    },
  )
