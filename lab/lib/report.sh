# What the lab tells about its store. Needs graph.sh, keys.sh.

# report_list : a table on stdout: artifact, key, cached or missing, size of the product.
report_list() {
  local name state size
  printf '%-20s %-16s %-7s %8s %s\n' ARTIFACT KEY STATE SIZE NEEDS
  for name in "${ORDER[@]}"; do
    state=missing size=-
    if is_cached "$name"; then
      state=cached
      size="$(du -sh --apparent-size "$(product_path "$name")" | cut -f1)"
    fi
    printf '%-20s %-16s %-7s %8s %s\n' "$name" "${KEY[$name]}" "$state" "$size" "${NEEDS[$name]}"
  done
}

# report_plan NAME… : says what will be built, how long that takes about, and how much disk.
report_plan() {
  local name seconds=0 megabytes=0 free
  for name in "$@"; do
    seconds=$((seconds + COST_SECONDS[$name]))
    megabytes=$((megabytes + COST_MEGABYTES[$name]))
  done
  say "missing: $*"
  say "that takes about $(((seconds + 59) / 60)) minutes on two cores, less with a warm Go cache," \
    "and $(((megabytes + 999) / 1000)) GB of disk"
  free="$(df -m --output=avail "$LAB_CACHE" | tail -n 1)"
  ((free >= megabytes)) || say "warning: only $((free / 1000)) GB are free below $LAB_CACHE"
}

# prune : removes products that no current key names, and what interrupted builds left. The caller holds the lock.
prune() {
  local name folder current=' '
  for name in "${ARTIFACTS[@]}"; do current+="$(product_path "$name") "; done
  for folder in "$LAB_STORE"/*; do
    [ -e "$folder" ] || continue
    case "$current" in *" $folder "*) continue ;; esac
    say "removing $(basename "$folder") ($(du -sh "$folder" | cut -f1))"
    rm -rf "$folder"
  done
  sweep_tmp
}

sweep_tmp() { find "$LAB_TMP" -mindepth 1 -maxdepth 1 -exec rm -rf {} +; }
