# Multus' thin image: an entry point that writes the configuration, and the plugin that it installs.
needs=(multus-programs)
requires=(jq tar zstd)
inputs=(lib/tar.sh lib/image.sh)
seconds=6 megabytes=150
bundle=(multus-thin image "$MULTUS_VERSION" image.tar images/multus-thin.tar "ghcr.io/k8snetworkplumbingwg/multus-cni:$MULTUS_VERSION")

build() {
  local programs
  programs="$(need multus-programs)"
  mkdir -p tree/tmp tree/usr/src/multus-cni/bin
  cp "$programs"/{multus,passthru} tree/usr/src/multus-cni/bin/
  cp "$programs"/{install_multus,thin_entrypoint,kubeconfig_generator,cert-approver} tree/
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Entrypoint": ["/thin_entrypoint"]}' tree
}
