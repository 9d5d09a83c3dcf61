# Cilium's chart as it lies in the module, in the archive that `helm package` would make of it.
requires=(go jq tar)
inputs=(lib/golang.sh lib/tar.sh)
seconds=2 megabytes=10
bundle=(cilium-chart chart "$CILIUM_VERSION" cilium.tgz charts/cilium.tgz)

build() {
  cp -r "$(go_module_dir github.com/cilium/cilium "v$CILIUM_VERSION")/install/kubernetes/cilium" cilium
  chmod -R u+w cilium
  tar_files . cilium | gzip -n >"$out/cilium.tgz"
}
