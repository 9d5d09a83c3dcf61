# Kubernetes: what runs on a node, the control plane, and kubectl.
requires=(go jq)
bin=(kubectl)
inputs=(lib/golang.sh)
seconds=580 megabytes=4000

build() {
  local version=k8s.io/component-base/version command=k8s.io/kubernetes/cmd minor="${KUBERNETES_VERSION#v1.}"
  # The published module replaces its staging modules by folders that it does not contain.
  go_wrapper k8s.io/kubernetes "$KUBERNETES_VERSION" "godebug default=go1.24

replace (
$(sed -nE "s#^\s*(k8s.io/[a-z-]+) => ./staging.*#\t\1 => \1 $KUBERNETES_LIBRARIES_VERSION#p" \
    "$(go_module_file k8s.io/kubernetes "$KUBERNETES_VERSION")")
)"
  go_build "-X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*} \
    -X $version.gitTreeState=archive -X $version.buildDate=2026-01-01T00:00:00Z" \
    $command/{kubelet,kubeadm,kubectl,kube-apiserver,kube-controller-manager,kube-scheduler,kube-proxy}
}
