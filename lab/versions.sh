# Every outside version of the lab. A product's key contains the value of each name that its recipe or its inputs use.

KIND_VERSION=v0.33.0
KUBERNETES_VERSION=v1.34.4      # the last minor release whose kubelet starts on cgroup v1 is 1.34
KUBERNETES_LIBRARIES_VERSION=v0.34.4
ETCD_VERSION=v3.6.5
ETCD_TAG=3.6.5-0                # image tags that kubeadm of this Kubernetes asks for
COREDNS_VERSION=v1.12.4         # the module proxy does not have the version of the tag
COREDNS_TAG=v1.12.1
PAUSE_TAG=3.10.1
GRPC_VERSION=v1.72.1

CNI_PLUGINS_VERSION=v1.9.1
MULTUS_VERSION=v4.3.0
WHEREABOUTS_VERSION=v0.9.4
CILIUM_VERSION=1.15.19          # the newest whose modules the proxy serves completely
PROBE_TAG=v1
HELM_VERSION=v3.22.0

DEBIAN_SUITE=bookworm
