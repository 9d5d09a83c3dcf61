import type {Explanation} from './explanation.ts'

/** How a run can end before its work is done: KL-9. */
export const runs = {
  interrupted: {
    means: 'You stopped it. What this run had made was removed, unless --keep-on-failure was given.',
    causes: ['Ctrl-C', 'A signal from the system'],
    fixes: ['The same command again'],
  },
  'internal-error': {
    means: 'A mistake in k8s-local itself.',
    causes: ['A case that nobody thought of'],
    fixes: ['Report it with the text of the error and the output of: k8s-local --version'],
  },
} as const satisfies Record<string, Explanation>
