# Cilium's agent image: its programs, the datapath's sources, a compiler, and the few programs that the agent and the
# chart's init containers call.
needs=(cilium-programs cilium-rootfs cni-plugins)
requires=(root jq tar zstd)
inputs=(lib/golang.sh lib/tar.sh lib/image.sh lib/programs.sh cilium/tree)
seconds=20 megabytes=600
bundle=(cilium image "v$CILIUM_VERSION" image.tar images/cilium.tar "quay.io/cilium/cilium:v$CILIUM_VERSION")

build() {
  local tree
  tree="$(need cilium-rootfs)/tree"
  programs_base image "$tree"
  debian_programs image "$tree"
  cp -a --no-preserve=ownership "$LAB_DIR/cilium/tree/." image/
  cilium_files image "$(go_module_dir github.com/cilium/cilium "v$CILIUM_VERSION")"
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Cmd": ["/usr/bin/cilium-dbg"], "WorkingDir": "/home/cilium"}' image
}

debian_programs() {
  local dir="$1" tree="$2" libraries=/usr/lib/x86_64-linux-gnu/xtables name action
  programs_copy "$dir" "$tree" /bin/{bash,mount,umount} /usr/bin/{nsenter,find,kmod} /bin/ip \
    /usr/sbin/{tc,bridge,ipset,bpftool,xtables-nft-multi,xtables-legacy-multi} \
    /usr/lib/llvm-19/bin/clang "$libraries/libxt_statistic.so"
  ln -sf bash "$dir/bin/sh"
  cp -a "$tree$libraries/." "$dir$libraries/"
  mkdir -p "$dir/etc/ssl/certs"
  cp "$tree/etc/ssl/certs/ca-certificates.crt" "$dir/etc/ssl/certs/"
  ln -s /usr/bin/kmod "$dir/usr/sbin/modprobe"
  for name in iptables ip6tables; do
    for action in '' -save -restore; do
      ln -s xtables-nft-multi "$dir/usr/sbin/$name-nft$action"
      ln -s xtables-legacy-multi "$dir/usr/sbin/$name-legacy$action"
      ln -s iptables-like-node "$dir/usr/sbin/$name$action"
    done
  done
}

cilium_files() {
  local dir="$1" module="$2" programs
  programs="$(need cilium-programs)"
  mkdir -p "$dir"/{cni,opt/cni/bin,var/lib/cilium,home/cilium}
  cp "$programs"/cilium-{agent,dbg,health,health-responder,mount,sysctlfix} "$dir/usr/bin/"
  ln -s cilium-dbg "$dir/usr/bin/cilium"
  cp "$programs/cilium-cni" "$dir/opt/cni/bin/"
  cp "$(need cni-plugins)/programs/loopback" "$dir/cni/"
  cp "$module"/images/cilium/init-container.sh "$module"/plugins/cilium-cni/{install-plugin,cni-uninstall}.sh "$dir/"
  chmod 755 "$dir"/*.sh   # an archive of a Go module keeps no modes
  cp -r "$module/bpf" "$dir/var/lib/cilium/bpf"
  chmod -R u+w "$dir/var/lib/cilium/bpf"
  rm -rf "$dir"/var/lib/cilium/bpf/{tests,complexity-tests,custom,Makefile*}
}
