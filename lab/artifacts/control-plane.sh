# The images that kubeadm starts, one archive each.
needs=(kubernetes etcd coredns pause rootfs)
requires=(root jq tar zstd)
inputs=(lib/tar.sh lib/image.sh lib/programs.sh)
seconds=15 megabytes=450

build() {
  local name
  for name in kube-apiserver kube-controller-manager kube-scheduler; do
    single_program "$name" "registry.k8s.io/$name:$KUBERNETES_VERSION" "$(need kubernetes)/$name" "/usr/local/bin/$name"
  done
  single_program etcd "registry.k8s.io/etcd:$ETCD_TAG" "$(need etcd)/etcd" /usr/local/bin/etcd
  single_program coredns "registry.k8s.io/coredns/coredns:$COREDNS_TAG" "$(need coredns)/coredns" /coredns
  single_program pause "registry.k8s.io/pause:$PAUSE_TAG" "$(need pause)/pause" /pause
  kube_proxy
}

# single_program NAME REFERENCE PROGRAM PATH : an image with nothing but the program, run as root.
single_program() {
  mkdir -p "$1/tmp" "$1$(dirname "$4")"
  cp "$3" "$1$4"
  image_of_tree "$out/$1.tar" "$2" "{\"Entrypoint\": [\"$4\"]}" "$1"
}

# kube-proxy calls iptables and friends. libxt_statistic needs libm: without it every rule set with a service of two
# endpoints is refused, while the pod looks healthy.
kube_proxy() {
  local tree libraries=/usr/lib/x86_64-linux-gnu/xtables name
  tree="$(need rootfs)/tree"
  programs_base kube-proxy "$tree"
  programs_copy kube-proxy "$tree" /usr/sbin/{xtables-nft-multi,nft,conntrack,ipset} /usr/bin/kmod "$libraries/libxt_statistic.so"
  cp -a "$tree$libraries/." "kube-proxy$libraries/"
  for name in {iptables,ip6tables}{,-save,-restore}; do ln -s xtables-nft-multi "kube-proxy/usr/sbin/$name"; done
  ln -s /usr/bin/kmod kube-proxy/usr/sbin/modprobe
  mkdir -p kube-proxy/usr/local/bin
  cp "$(need kubernetes)/kube-proxy" kube-proxy/usr/local/bin/
  image_of_tree "$out/kube-proxy.tar" "registry.k8s.io/kube-proxy:$KUBERNETES_VERSION" \
    '{"Entrypoint": ["/usr/local/bin/kube-proxy"]}' kube-proxy
}
