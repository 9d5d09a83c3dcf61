# Container images as archives that `docker load` and `ctr images import` read, written without an engine. Needs tar.sh.

IMAGE_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# image_write ARCHIVE REFERENCE CONFIG LAYER… : writes ARCHIVE and, beside it, the file image-id (what an engine with
# Docker's classic store calls the image: the digest of its configuration). CONFIG is the JSON object of the run
# options, as {"Cmd": ["/pause"]}; LAYERs are uncompressed tar files, moved into the archive. They lie in it compressed with
# zstd: nodes then spend 11.0 s of CPU on 543 MB instead of 13.6 s, and gzip would make that 15.9 s (three nodes, containerd
# 1.6). `docker load` reads zstd from Docker 23 on, so an image for the engine keeps its layers plain: IMAGE_LAYERS=plain.
# Format: https://github.com/moby/docker-image-spec/blob/main/spec.md
image_write() {
  local archive="$1" reference="$2" config="$3" layer digest id stage
  local diffs=() paths=()
  shift 3
  stage="$(mktemp -d -p .)"
  for layer in "$@"; do
    digest="$(sha256sum "$layer" | cut -c1-64)"
    diffs+=("sha256:$digest") paths+=("$digest.tar")
    if [ "${IMAGE_LAYERS:-}" = plain ]; then mv "$layer" "$stage/$digest.tar"
    else zstd -3 -q --no-check <"$layer" >"$stage/$digest.tar" && rm "$layer"; fi
  done
  jq -cn --argjson config "$config" --arg path "PATH=$IMAGE_PATH" '{
    architecture: "amd64", os: "linux", created: "2026-01-01T00:00:00Z",
    config: ($config + {Env: ([$path] + ($config.Env // []))}),
    rootfs: {type: "layers", diff_ids: $ARGS.positional},
    history: ($ARGS.positional | map({created: "2026-01-01T00:00:00Z", created_by: "k8s-local lab"}))
  }' --args "${diffs[@]}" >"$stage/config"
  id="$(sha256sum "$stage/config" | cut -c1-64)"
  mv "$stage/config" "$stage/$id.json"
  jq -cn --arg config "$id.json" --arg tag "$reference" \
    '[{Config: $config, RepoTags: [$tag], Layers: $ARGS.positional}]' --args "${paths[@]}" >"$stage/manifest.json"
  tar_files "$stage" manifest.json "$id.json" "${paths[@]}" >"$archive"
  printf 'sha256:%s\n' "$id" >"$(dirname "$archive")/image-id"
  rm -rf "$stage"
}

# image_of_tree ARCHIVE REFERENCE CONFIG DIR : an image of one layer, the contents of DIR, all owned by root.
image_of_tree() {
  tar_tree "$4" >layer.tar
  image_write "$1" "$2" "$3" layer.tar
}
