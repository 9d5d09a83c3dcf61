# Content keys: a product is found by everything it was made from. Needs graph.sh and the versions. Written without
# calling programs where bash will do: a run with everything cached consists of little else.
declare -A KEY=()

# keys_compute : sets KEY of every artifact, in ORDER, as a key contains the keys of what the artifact needs.
keys_compute() {
  local name text digest
  for name in "${ORDER[@]}"; do
    key_text "$LAB_ARTIFACTS/$name.sh" ${INPUTS[$name]}
    digest="$(key_material "$name" | sha256sum)" || die "cannot compute the key of $name"
    KEY[$name]="${digest:0:16}"
  done
}

# product_path NAME : the folder of the artifact's product, whether it exists or not.
product_path() { echo "$LAB_STORE/$1-${KEY[$1]}"; }

is_cached() { [ -d "$LAB_STORE/$1-${KEY[$1]}" ]; }

key_material() {
  local need version
  printf '%s\n' "$1" "$text" "${FACTS[$1]}"
  for version in $(key_versions | sort -u); do
    [ -n "${!version:-}" ] || die "the recipe of $1 uses $version, which versions.sh does not set"
    printf '%s=%s\n' "$version" "${!version}"
  done
  for need in ${NEEDS[$1]}; do printf '%s-%s\n' "$need" "${KEY[$need]}"; done
}

# The names of versions in the text, one on each line.
key_versions() {
  local rest="$text"
  while [[ "$rest" =~ [A-Z][A-Z0-9_]*_(VERSION|TAG|SUITE) ]]; do
    echo "${BASH_REMATCH[0]}"
    rest="${rest#*"${BASH_REMATCH[0]}"}"
  done
}

# key_text RECIPE [PATH…] : sets text to the recipe and the files of the lab at or below the paths, in one order.
key_text() {
  local path file LC_ALL=C
  shopt -s globstar dotglob nullglob
  text=''
  key_append "$1"
  for path in "${@:2}"; do
    [ -e "$LAB_DIR/$path" ] || die "an input of $(basename "$1") does not exist: $path"
    for file in "$LAB_DIR/$path" "$LAB_DIR/$path"/**; do
      [ ! -f "$file" ] || key_append "$file"
    done
  done
  shopt -u globstar dotglob nullglob
}

# Appends the file to text: scripts without comment lines and without what a recipe says about its cost, its tools and
# its users, so that saying it better rebuilds nothing; other files whole.
key_append() {
  local line
  text+="== ${1##*/}"$'\n'
  if [[ "$1" != *.sh ]]; then
    text+="$(<"$1")"$'\n'
    return
  fi
  while IFS= read -r line; do
    [[ "$line" =~ ^(seconds|requires|bin)=|^[[:space:]]*# ]] || text+="$line"$'\n'
  done <"$1"
}
