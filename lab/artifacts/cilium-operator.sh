# Cilium's operator image: one program, and the certificates it may be asked to trust.
needs=(cilium-programs rootfs)
requires=(jq tar zstd)
inputs=(lib/tar.sh lib/image.sh)
seconds=3 megabytes=100
bundle=(cilium-operator image "v$CILIUM_VERSION" image.tar images/cilium-operator.tar "quay.io/cilium/operator-generic:v$CILIUM_VERSION")

build() {
  mkdir -p image/tmp image/usr/bin image/etc/ssl/certs
  cp "$(need cilium-programs)/cilium-operator-generic" image/usr/bin/
  cp "$(need rootfs)/tree/etc/ssl/certs/ca-certificates.crt" image/etc/ssl/certs/
  image_of_tree "$out/image.tar" "${bundle[5]}" '{"Entrypoint": ["/usr/bin/cilium-operator-generic"]}' image
}
