import type {Explanation} from './explanation.ts'

/** What can be wrong with what comes from outside: KL-3. */
export const artifacts = {
  'artifact-unavailable': {
    means: 'Something from outside is needed and neither the network nor the bundle has it.',
    causes: ['No registry answers from here', 'A version that does not exist'],
    fixes: ['Give a bundle: --bundle DIR', 'Check the proxy: HTTPS_PROXY'],
  },
  'artifact-corrupt': {
    means: 'A file is not the one that was pinned: its checksum differs. It was not used.',
    causes: ['An interrupted copy', 'A proxy that answers with a page of its own', 'A changed file in a bundle'],
    fixes: [
      'The same command again',
      'Make the bundle again',
      'For the warm node image of a bundle: k8s-local warm --bundle DIR --into-bundle',
    ],
  },
  'download-failed': {
    means: 'A download did not succeed, also when tried again.',
    causes: ['No network', 'A proxy or firewall', 'The server is down'],
    fixes: ['The same command again: what was downloaded is kept', 'Give a bundle: --bundle DIR'],
  },
  'bundle-invalid': {
    means: 'The folder given by --bundle is not a bundle, or its bundle.yaml is not right.',
    causes: ['The folder above or below the right one', 'A half-copied bundle'],
    fixes: ['ls DIR/bundle.yaml'],
  },
  'bundle-incomplete': {
    means: 'The bundle lacks something that this cluster needs. Everything that is missing is listed.',
    causes: ['It was made for another CNI, another Multus mode or another processor'],
    fixes: ['Choose what the bundle has', 'Leave --bundle out where registries answer'],
  },
  'version-unsupported': {
    means: 'A version is outside the range that k8s-local knows how to install.',
    causes: ['An old bundle', '--kubernetes with a version of the past'],
    fixes: ['Leave the version out: a fitting one is chosen'],
  },
  'image-pull-failed': {
    means: 'The container engine could not pull an image.',
    causes: ['No network', 'A rate limit of the registry', 'A private registry without a login'],
    fixes: ['docker pull IMAGE', 'Give a bundle: --bundle DIR'],
  },
  'image-import-failed': {
    means: 'An image did not get into a node.',
    causes: ['No disk left in the engine', 'A node that stopped'],
    fixes: ['docker system df', 'The same command again'],
  },
  'manifest-changed': {
    means: 'A text that has to be edited in an upstream manifest is not there, or is there more than once.',
    causes: ['A version of the manifest that k8s-local does not know'],
    fixes: ['Use the pinned version, or update k8s-local'],
  },
} as const satisfies Record<string, Explanation>
