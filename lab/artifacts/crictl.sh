# A stand-in for crictl: Go's checksum database has no entry for the real module at this Kubernetes version.
requires=(go jq)
inputs=(lib/golang.sh src/crictl)
seconds=5 megabytes=50

build() {
  go_wrapper k8s.io/cri-api "$KUBERNETES_LIBRARIES_VERSION" "require google.golang.org/grpc $GRPC_VERSION"
  cp "$LAB_DIR/src/crictl/main.go" .
  go_build '' .
  mv "$out/lab" "$out/crictl"
}
