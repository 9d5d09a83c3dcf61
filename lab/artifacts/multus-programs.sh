# Multus' programs, thin and thick.
requires=(go jq)
inputs=(lib/golang.sh)
seconds=140 megabytes=700

build() {
  local module=gopkg.in/k8snetworkplumbingwg/multus-cni.v4
  go_wrapper "$module" "$MULTUS_VERSION"
  go_build "-X $module/pkg/multus.version=$MULTUS_VERSION -X $module/pkg/multus.releaseStatus=,lab" \
    $module/cmd/{multus,multus-daemon,multus-shim,thin_entrypoint,install_multus,passthru-cni,kubeconfig_generator,cert-approver}
  mv "$out/passthru-cni" "$out/passthru"   # the images carry it under this name
}
