# What the lab hands out. The bundle: a folder of hard links to products, and bundle.yaml that describes them.
# Needs graph.sh and keys.sh.

# bundle_write : makes the bundle list every artifact whose current product exists. bundle.yaml is replaced last and
# in one step, so a reader sees the old bundle or the new one.
bundle_write() {
  local name entry index="$LAB_BUNDLE/.bundle.yaml" kept=' bundle.yaml '
  mkdir -p "$LAB_BUNDLE"
  bundle_head >"$index"
  for name in "${ARTIFACTS[@]}"; do
    [ -n "${BUNDLE[$name]}" ] && is_cached "$name" || continue
    read -r -a entry <<<"${BUNDLE[$name]}"
    bundle_link "$(product_path "$name")/${entry[3]}" "$LAB_BUNDLE/${entry[4]}"
    bundle_entry "$(product_path "$name")" "${entry[@]}" >>"$index"
    kept+="${entry[4]} "
  done
  mv -T "$index" "$LAB_BUNDLE/bundle.yaml"
  bundle_sweep "$kept"
}

# bin_write : links the programs that people may like to call into the cache's bin folder.
bin_write() {
  local name program
  for name in "${ARTIFACTS[@]}"; do
    is_cached "$name" || continue
    for program in ${BIN[$name]}; do ln -sfT "$(product_path "$name")/$program" "$LAB_BIN/$program"; done
  done
}

bundle_head() {
  printf 'apiVersion: k8s-local/v1\nkind: Bundle\nplatform: linux/amd64\nartifacts:\n'
}

# bundle_entry PRODUCT NAME TYPE VERSION FILE PATH [REFERENCE] : one item of the list.
bundle_entry() {
  local digest size
  read -r digest size <"$1/.digest-and-size"
  printf '  - name: %s\n    type: %s\n    version: %s\n' "$2" "$3" "$4"
  if [ -n "${7:-}" ]; then printf '    reference: %s\n    imageId: %s\n' "$7" "$(<"$1/image-id")"; fi
  printf '    file: %s\n    sha256: %s\n    size: %s\n' "$6" "$digest" "$size"
}

bundle_link() {
  [ ! "$1" -ef "$2" ] || return 0
  mkdir -p "$(dirname "$2")"
  ln -f "$1" "$2.new"
  mv -T "$2.new" "$2"
}

# bundle_sweep PATHS : removes the files that the index does not name.
bundle_sweep() {
  local file
  find "$LAB_BUNDLE" -type f -printf '%P\n' | while read -r file; do
    case "$1" in *" $file "*) ;; *) rm -f "$LAB_BUNDLE/$file" ;; esac
  done
}
