# The probe image: what tests run in pods. Real programs where busybox has only a part of them; bash is its shell,
# because the shell of busybox prefers its own `ip`. It idles in pause, which ends at once on TERM.
needs=(rootfs pause)
requires=(root jq tar zstd)
inputs=(lib/tar.sh lib/image.sh lib/programs.sh)
seconds=5 megabytes=40
bundle=(probe image "$PROBE_TAG" image.tar images/probe.tar "k8s-local/probe:$PROBE_TAG")

build() {
  local tree
  tree="$(need rootfs)/tree"
  programs_base image "$tree"
  programs_copy image "$tree" /bin/bash /bin/ping /usr/bin/{iperf3,tcpdump,jq,curl} /usr/sbin/{bridge,ethtool,tc} /bin/ip
  ln -sf bash image/bin/sh
  cp "$(need pause)/pause" image/bin/pause
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Cmd": ["/bin/pause"]}' image
}
