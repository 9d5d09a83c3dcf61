# helm, in the version that the project takes online too.
requires=(go jq)
bin=(helm)
inputs=(lib/golang.sh)
seconds=180 megabytes=1000
bundle=(helm program "$HELM_VERSION" helm programs/helm)

build() {
  go_wrapper helm.sh/helm/v3 "$HELM_VERSION"
  go_build "-X helm.sh/helm/v3/internal/version.version=$HELM_VERSION -X helm.sh/helm/v3/internal/version.gitTreeState=clean" \
    helm.sh/helm/v3/cmd/helm
}
