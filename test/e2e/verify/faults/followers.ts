/** What fails where pods of a node start without the interfaces that they asked for: all else that would look at these says "see attach-listed". */
export const withoutInterface: readonly string[] = ['attach-listed']

/** What fails where pods of a node do not start: all else that would look into them says "see attach-ready". */
export const withoutPods: readonly string[] = ['attach-ready']
