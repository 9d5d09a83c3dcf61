# etcd's server.
requires=(go jq)
inputs=(lib/golang.sh)
seconds=33 megabytes=200

build() {
  go_wrapper go.etcd.io/etcd/server/v3 "$ETCD_VERSION"
  go_build '' go.etcd.io/etcd/server/v3
  mv "$out"/* "$out/etcd"   # Go names it after the last element of the path, or the one before a version
}
