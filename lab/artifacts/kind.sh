# The unpatched kind program.
requires=(go jq)
bin=(kind)
inputs=(lib/golang.sh)
seconds=36 megabytes=150
bundle=(kind program "$KIND_VERSION" kind programs/kind)

build() {
  go_wrapper sigs.k8s.io/kind "$KIND_VERSION"
  go_build '' sigs.k8s.io/kind
}
