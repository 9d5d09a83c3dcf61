# whereabouts' image: a shell that installs the plugin, and the control loop.
needs=(whereabouts-programs rootfs)
requires=(root jq tar zstd)
inputs=(lib/tar.sh lib/image.sh lib/programs.sh)
seconds=4 megabytes=100
bundle=(whereabouts image "$WHEREABOUTS_VERSION" image.tar images/whereabouts.tar "ghcr.io/k8snetworkplumbingwg/whereabouts:$WHEREABOUTS_VERSION")

build() {
  local tree
  tree="$(need rootfs)/tree"
  programs_base image "$tree"
  programs_copy image "$tree" /bin/bash
  cp "$(need whereabouts-programs)"/{whereabouts,ip-control-loop} image/
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Entrypoint": ["/ip-control-loop"]}' image
}
