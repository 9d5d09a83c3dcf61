# The sandbox container's program; the probe image idles in it too.
requires=(go)
inputs=(lib/golang.sh src/pause)
seconds=2 megabytes=10

build() {
  cp "$LAB_DIR/src/pause/main.go" .
  printf 'module pause\n\ngo 1.22\n' >go.mod
  go_build '' .
}
