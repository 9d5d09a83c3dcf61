import {boolean, choice, withDefault} from './field-kinds.ts'

/** What `create` does about warm node images. */
export type WarmUse = 'use' | 'build' | 'never'

export const warmField = withDefault<WarmUse>(
  'use',
  choice<WarmUse>({
    flag: 'warm',
    ask: 'Whether nodes start from a warm image',
    describe: 'Node image with all images unpacked in it: use one that is there, build one at the end, or never',
    choices: [
      {value: 'use', title: 'Use', summary: 'nodes start from one that is there'},
      {value: 'build', title: 'Build', summary: 'that, and when the cluster is made, make one for the next'},
      {value: 'never', title: 'Never', summary: 'nodes start from the plain image'},
    ],
  }),
)

/** Of `warm` alone: a bundle that has the image in it spares other machines the build. */
export const intoBundleField = withDefault(
  false,
  boolean({
    flag: 'into-bundle',
    ask: 'Save the warm image in the bundle',
    describe: 'Save the image in the folder given by --bundle, for machines that make clusters from there',
  }),
)
