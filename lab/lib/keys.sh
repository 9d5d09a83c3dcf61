# Content keys: a product is found by everything it was made from. Needs graph.sh and the versions.
declare -A KEY=()

# keys_compute : sets KEY of every artifact, in ORDER, as a key contains the keys of what the artifact needs.
keys_compute() {
  local name digest
  for name in "${ORDER[@]}"; do
    digest="$(key_material "$name" | sha256sum)" || die "cannot compute the key of $name"
    KEY[$name]="${digest:0:16}"
  done
}

# product_path NAME : the folder of the artifact's product, whether it exists or not.
product_path() { echo "$LAB_STORE/$1-${KEY[$1]}"; }

is_cached() { [ -d "$LAB_STORE/$1-${KEY[$1]}" ]; }

key_material() {
  local text need version
  text="$(key_text "$LAB_ARTIFACTS/$1.sh" $(key_files "${INPUTS[$1]}"))"
  printf '%s\n' "$1" "$text" "${FACTS[$1]}"
  for version in $(grep -oE '[A-Z][A-Z0-9_]*_(VERSION|TAG|SUITE)\b' <<<"$text" | sort -u); do
    [ -n "${!version:-}" ] || die "the recipe of $1 uses $version, which versions.sh does not set"
    printf '%s=%s\n' "$version" "${!version}"
  done
  for need in ${NEEDS[$1]}; do printf '%s-%s\n' "$need" "${KEY[$need]}"; done
}

# The files below the paths of an inputs list, relative to the lab, in one order.
key_files() {
  [ -z "$1" ] || (cd "$LAB_DIR" && find $1 -type f | LC_ALL=C sort)
}

# Scripts without comment lines and without what a recipe says about its cost, its tools and its users, so that saying
# it better rebuilds nothing; other files whole.
key_text() (
  cd "$LAB_DIR"
  for file in "$@"; do
    printf '== %s\n' "${file##*/}"
    case "$file" in
      *.sh) sed -E '/^[[:space:]]*#/d; /^(seconds|requires|bin)=/d' "$file" ;;
      *) cat "$file" ;;
    esac
  done
)
