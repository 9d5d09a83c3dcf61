/** What fails, or cannot be seen, where pods of a node start without the interfaces that they asked for. */
export const withoutInterface: readonly string[] = ['attachment-real', 'reach-across-nodes', 'primary-unharmed']

/** What fails where pods of a node do not start. */
export const withoutPods: readonly string[] = ['attachment-real']
