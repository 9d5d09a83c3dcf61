# The CNI reference plugins, as the release's archive has them: programs at the top level.
requires=(go jq tar)
inputs=(lib/golang.sh lib/tar.sh)
seconds=20 megabytes=250
bundle=(cni-plugins archive "$CNI_PLUGINS_VERSION" cni-plugins.tgz archives/cni-plugins.tgz)

build() {
  local module=github.com/containernetworking/plugins
  go_wrapper "$module" "$CNI_PLUGINS_VERSION"
  go_build "-X $module/pkg/utils/buildversion.BuildVersion=$CNI_PLUGINS_VERSION" \
    $module/plugins/main/{bridge,macvlan,ipvlan,vlan,host-device,ptp,loopback,tap,dummy} \
    $module/plugins/ipam/{host-local,static,dhcp} \
    $module/plugins/meta/{portmap,tuning,bandwidth,sbr,vrf,firewall}
  mkdir programs && mv "$out"/* programs/
  tar_tree programs | gzip -n >"$out/cni-plugins.tgz"
  mv programs "$out/"
}
