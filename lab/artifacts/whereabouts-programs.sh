# whereabouts: the IPAM plugin and its control loop, under the names that its manifests use.
requires=(go jq)
inputs=(lib/golang.sh)
seconds=230 megabytes=800

build() {
  local module=github.com/k8snetworkplumbingwg/whereabouts
  go_wrapper "$module" "$WHEREABOUTS_VERSION"
  go_build "-X $module/pkg/version.Version=$WHEREABOUTS_VERSION" $module/cmd $module/cmd/controlloop
  mv "$out/cmd" "$out/whereabouts"
  mv "$out/controlloop" "$out/ip-control-loop"
}
