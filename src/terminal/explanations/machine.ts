import type {Explanation} from './explanation.ts'

/** What this machine, its programs and its engine can lack: KL-2. */
export const machine = {
  'preflight-failed': {
    means: 'This machine cannot do what was asked. All findings are listed, and nothing was made.',
    causes: [
      'Too little memory or disk',
      'inotify limits of a fresh Linux',
      'Address ranges that are in use',
      'cgroup v1 with a new Kubernetes',
    ],
    fixes: ['Each finding has its own fix'],
  },
  'engine-missing': {
    means: 'The program docker is not on PATH.',
    causes: ['Docker is not installed', 'PATH of this shell lacks its folder'],
    fixes: ['Install Docker Engine 20.10 or newer', 'docker version'],
  },
  'engine-unreachable': {
    means: 'docker is there, but its daemon does not answer.',
    causes: [
      'The daemon is not running',
      'Your user is not in the group docker',
      'DOCKER_HOST or the docker context names another machine',
    ],
    fixes: ['docker info', 'sudo systemctl start docker', 'docker context ls'],
  },
  'engine-too-old': {
    means: 'The container engine is older than kind and Kubernetes need.',
    causes: ['A distribution package that was never updated'],
    fixes: ['docker version', 'Update Docker Engine'],
  },
  'engine-failed': {
    means:
      'The container engine refused, or failed at, something it was asked to do. Its own words are in the message.',
    causes: ['No disk left where it keeps its data', 'A daemon that was restarted in between'],
    fixes: ['docker info', 'The same command again: it goes on where it stopped'],
  },
  'program-missing': {
    means: 'A program that the next step needs is neither on PATH nor to be had.',
    causes: ['No registry answers and no bundle was given'],
    fixes: ['Install it', 'Give a bundle: --bundle DIR'],
  },
  'program-failed': {
    means: 'A program ended with an error. Its last lines are in the message.',
    causes: ['See those lines'],
    fixes: ['The same command again: what is done is not done twice'],
  },
  'kubeconfig-unwritable': {
    means: 'The kubeconfig file cannot be written, so kubectl would not find the cluster.',
    causes: ['It belongs to another user, often root', 'Its folder does not exist or is read-only'],
    fixes: ['Choose another: --kubeconfig FILE', 'ls -l ~/.kube/config'],
  },
  'kubeconfig-unreadable': {
    means: 'The kubeconfig file cannot be read, or lacks the context that was asked for.',
    causes: ['A wrong --kubeconfig or --context', 'Damaged YAML'],
    fixes: ['kubectl config get-contexts'],
  },
  'file-unwritable': {
    means: 'A file of ours cannot be written.',
    causes: ['A full disk', 'A folder that belongs to another user'],
    fixes: ['ls -ld ~/.cache ~/.local/state', 'df -h'],
  },
  'disk-full': {
    means: 'There is too little room for images and nodes.',
    causes: ['Old images, volumes and build caches of the engine'],
    fixes: ['docker system df', 'docker system prune'],
  },
  'kernel-lacks-link': {
    means:
      'The network needs a kind of link that the kernel of the nodes does not make. It was tried on a node; what the kernel said is in the message.',
    causes: [
      'A kernel module that is not loaded on the machine that runs the nodes: nodes share its kernel',
      'A kernel that was built without it, as in small virtual machines',
    ],
    fixes: [
      'On the machine that runs the nodes: sudo modprobe MODULE',
      'A kernel that was built without it cannot have it: update the virtual machine that runs the nodes',
      'Use a type that this kernel has: macvlan instead of ipvlan',
      'Write the network down for another cluster: --output yaml, or --write FILE',
    ],
  },
} as const satisfies Record<string, Explanation>
