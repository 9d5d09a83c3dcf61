# Multus' thick image: the daemon, the shim it installs, and a shell for its init container.
needs=(multus-programs rootfs)
requires=(root jq tar zstd)
inputs=(lib/tar.sh lib/image.sh lib/programs.sh)
seconds=8 megabytes=150
bundle=(multus-thick image "$MULTUS_VERSION" image.tar images/multus-thick.tar "ghcr.io/k8snetworkplumbingwg/multus-cni:$MULTUS_VERSION-thick")

build() {
  local programs tree
  programs="$(need multus-programs)" tree="$(need rootfs)/tree"
  programs_base image "$tree"
  programs_copy image "$tree" /bin/bash
  mkdir -p image/usr/src/multus-cni/bin
  cp "$programs"/{multus-daemon,multus-shim,install_multus,passthru} image/usr/src/multus-cni/bin/
  cp "$programs/cert-approver" image/
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Entrypoint": ["/usr/src/multus-cni/bin/multus-daemon"]}' image
}
