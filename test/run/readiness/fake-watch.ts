import type {KubernetesDriver} from '../../../src/drivers/ports.ts'
import {Problem} from '../../../src/problem.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'

/** A watch that shows one list after another, and then the last one for ever. */
export function fakeWatch(lists: readonly (readonly KubernetesObject[])[]): {
  readonly watch: KubernetesDriver['watch']
} {
  return {
    watch: async (_kind, onChange, signal) => {
      for (const list of lists) {
        if (onChange(list)) return
        await Promise.resolve()
      }
      await new Promise((_resolve, reject) => {
        const end = () => reject(new Problem('interrupted', {message: 'Interrupted'}))
        if (signal.aborted) end()
        signal.addEventListener('abort', end)
      })
    },
  }
}
