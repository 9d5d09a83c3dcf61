import type {CauseRow} from './cause-row.ts'

/** What is installed on the node, Multus and the CNI above all: KL-602. */
export const installCauses: readonly CauseRow[] = [
  {
    code: 'KL-6020',
    says: 'dial unix /run/multus/multus.sock: connect: connection refused',
    // A request that failed with a status was answered (multus v4.3.0 pkg/server/api); its text holds the pod's name, which may say anything.
    text: /dial unix \/(?:var\/)?run\/multus\/multus\.sock|CmdAdd \(shim\): (?!CNI request failed with status)(?:failed to send CNI request|.*timed out)/,
    cause: () => 'the Multus daemon of the node does not answer',
    fix: () =>
      'kubectl -n kube-system logs ds/kube-multus-ds; then: kubectl -n kube-system rollout restart ds/kube-multus-ds',
  },
  {
    code: 'KL-6021',
    says: 'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
    text: /getting ClusterInformation|no configuration has been provided, try setting KUBERNETES_MASTER/,
    cause: () => "Calico's plugin cannot use the API: its token is void, or thick Multus lost its configuration",
    fix: () =>
      'kubectl -n kube-system rollout restart ds/calico-node; with thick Multus (multus-cni #1449) prefer thin',
  },
  {
    code: 'KL-6022',
    says: 'error waiting for pod: Unauthorized',
    text: /User "system:serviceaccount:kube-system:multus" cannot|Unauthorized/,
    cause: () => 'Multus was removed or replaced, and its configuration stayed on the node',
    fix: () => 'remove /etc/cni/net.d/00-multus.conf and 00-multus.conflist on the node',
  },
  {
    code: 'KL-6023',
    says: 'error getting pod: Get "https://10.96.0.1:443/api": tls: x509: certificate signed by unknown authority',
    text: /error (?:waiting for pod|getting pod): .*x509: ([^"\n]+)/,
    cause: ([, why]) => `Multus does not trust the API server (x509: ${why?.trim()}): its kubeconfig is an old one`,
    fix: () => 'kubectl -n kube-system rollout restart ds/kube-multus-ds writes it again',
  },
  {
    code: 'KL-6024',
    says: 'error waiting for pod: Get "https://10.96.0.1:443/api": context deadline exceeded',
    text: /error (?:waiting for pod|getting pod): .*(context deadline exceeded|timeout|connection refused|no route to host)/,
    cause: ([, why]) => `Multus on the node cannot reach the API server (${why})`,
    fix: () => 'kubectl -n kube-system get pods -o wide: kube-proxy and the CNI of that node must run',
  },
  {
    code: 'KL-6025',
    says: 'still waiting for readinessindicatorfile @ /etc/cni/net.d/05-cilium.conflist. pollimmediate error',
    text: /still waiting for readinessindicatorfile @ (\S+?)\.? /,
    cause: ([, file]) => `the CNI of the node is not ready: ${file} is not there`,
    fix: () => "kubectl -n kube-system get pods -o wide: the CNI's agent of that node must run",
  },
  {
    code: 'KL-6026',
    says: 'dial unix /var/run/cilium/cilium.sock: connect: no such file or directory. Is the agent running?',
    text: /cilium\.sock|Is the agent running/,
    cause: () => "Cilium's agent of the node does not answer",
    fix: () => 'kubectl -n kube-system get pods -l k8s-app=cilium -o wide',
  },
  {
    code: 'KL-6027',
    says: 'stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running',
    text: /\/var\/lib\/calico\/nodename/,
    cause: () => "Calico's agent of the node has not started yet, or does not run",
    fix: () => 'kubectl -n kube-system get pods -l k8s-app=calico-node -o wide',
  },
  {
    code: 'KL-6028',
    says: 'failed to find plugin "multus" in path [/opt/cni/bin]',
    text: /failed to find plugin "(multus(?:-shim)?)"/,
    cause: ([, plugin]) => `Multus' own program ${plugin} is not on the node`,
    fix: () => 'kubectl -n kube-system rollout restart ds/kube-multus-ds installs it again',
  },
  {
    code: 'KL-6029',
    says: 'failed to find plugin "macvlan" in path [/opt/cni/bin]',
    text: /failed to find plugin "([^"]+)"/,
    cause: ([, plugin]) => `the plugin ${plugin} is not on the node`,
    fix: ([, plugin]) =>
      plugin === 'whereabouts'
        ? 'install it with: k8s-local net add … --ipam whereabouts'
        : 'check the type in the configuration; k8s-local create with the same flags copies missing plugins',
  },
  {
    code: 'KL-6030',
    says: 'fork/exec /opt/cni/bin/multus: text file busy',
    text: /fork\/exec (\S+): (?:text file busy|exec format error|permission denied)/,
    cause: ([, program]) => `the node cannot run ${program}: it is being written, damaged, or for another processor`,
    fix: () =>
      'wait for the installer of the plugin; then delete the program on the node, and let it be installed again',
  },
  {
    code: 'KL-6031',
    says: 'netplugin failed with no error message: signal: killed',
    text: /netplugin failed with no error message|signal: killed/,
    cause: () => 'a plugin was killed before it could say anything: mostly for want of memory',
    fix: () =>
      'kubectl -n kube-system describe ds kube-multus-ds: its memory limit; 50Mi are too few for a burst of pods',
  },
  {
    code: 'KL-6032',
    says: 'cni plugin not initialized',
    text: /cni plugin not initialized|no networks? (?:conf|found) (?:files )?in \/etc\/cni\/net\.d/i,
    cause: () => 'the node has no CNI configuration that its runtime can read',
    fix: () => "kubectl -n kube-system get pods -o wide: the CNI's agent of that node writes /etc/cni/net.d",
  },
  {
    code: 'KL-6033',
    says: 'failed to Statfs "/var/run/netns/cni-1": no such file or directory',
    text: /failed to (?:Statfs|open netns) "?\/(?:var\/)?run\/(?:docker\/)?netns/,
    cause: () => "the pod's network namespace is not to be seen: the pod has gone, or thick Multus lacks the mount",
    fix: () => 'kubectl -n kube-system get ds kube-multus-ds -o yaml: /run/netns of the node must be mounted',
  },
]
