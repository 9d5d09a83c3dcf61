# CoreDNS with the plugins of a kubeadm Corefile.
requires=(go jq)
inputs=(lib/golang.sh src/coredns)
seconds=160 megabytes=800

build() {
  go_wrapper github.com/coredns/coredns "$COREDNS_VERSION"
  cp "$LAB_DIR/src/coredns/main.go" .
  go_build '' .
  mv "$out/lab" "$out/coredns"
}
