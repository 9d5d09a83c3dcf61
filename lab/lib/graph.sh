# The artifacts and what they need of each other. Needs log.sh and LAB_ARTIFACTS, the folder of the recipes.
#
# A recipe is artifacts/NAME.sh. It declares, all optional:
#   needs=(NAME…)      artifacts whose products its build reads
#   requires=(TOOL…)   programs of this machine, see tools.sh
#   inputs=(PATH…)     files and folders of the lab that its product depends on; *.sh files are sourced for the build
#   facts=(TEXT…)      what else the product depends on, for instance a trait of this machine
#   seconds=, megabytes=   what a cold build was measured to take, on two cores, compiler caches included
#   bin=(FILE…)        programs of its product that people may like to call; linked from the cache's bin folder
#   bundle=(NAME TYPE VERSION FILE PATH [REFERENCE])   FILE of its product becomes PATH of the bundle
#   build()            fills the folder $out; the working folder is scratch
declare -a ARTIFACTS=() ORDER=()
declare -A NEEDS=() REQUIRES=() INPUTS=() FACTS=() COST_SECONDS=() COST_MEGABYTES=() BIN=() BUNDLE=()

# graph_load : reads every recipe, sets the variables above, and ORDER: each artifact after what it needs.
graph_load() {
  local file name
  for file in "$LAB_ARTIFACTS"/*.sh; do
    name="${file##*/}" name="${name%.sh}"
    ARTIFACTS+=("$name")
    eval "$(graph_declaration "$name")"
  done
  local -A visited=()
  for name in "${ARTIFACTS[@]}"; do graph_visit "$name"; done
}

# graph_closure NAME… : sets SELECTED to the named artifacts (none named: all) and what they need, in ORDER.
graph_closure() {
  local name need
  local -A wanted=()
  [ $# -gt 0 ] || set -- "${ARTIFACTS[@]}"
  for name in "$@"; do
    [ -n "${COST_SECONDS[$name]+x}" ] || die "no artifact is named '$name'; there are: ${ARTIFACTS[*]}"
    wanted[$name]=1
  done
  for ((i = ${#ORDER[@]} - 1; i >= 0; i--)); do
    name="${ORDER[i]}"
    [ -n "${wanted[$name]:-}" ] || continue
    for need in ${NEEDS[$name]}; do wanted[$need]=1; done
  done
  SELECTED=()
  for name in "${ORDER[@]}"; do [ -z "${wanted[$name]:-}" ] || SELECTED+=("$name"); done
}

# Prints assignments: the recipe is read in a subshell, so that no recipe sees another's variables.
graph_declaration() (
  needs=() requires=() inputs=() facts=() bin=() bundle=() seconds=0 megabytes=0
  . "$LAB_ARTIFACTS/$1.sh"
  printf 'NEEDS[%s]=%q\n' "$1" "${needs[*]}"
  printf 'REQUIRES[%s]=%q\n' "$1" "${requires[*]}"
  printf 'INPUTS[%s]=%q\n' "$1" "${inputs[*]}"
  printf 'FACTS[%s]=%q\n' "$1" "${facts[*]}"
  printf 'BIN[%s]=%q\n' "$1" "${bin[*]}"
  printf 'BUNDLE[%s]=%q\n' "$1" "${bundle[*]}"
  printf 'COST_SECONDS[%s]=%q COST_MEGABYTES[%s]=%q\n' "$1" "$seconds" "$1" "$megabytes"
)

# Depth first: appends NAME to ORDER after everything it needs.
graph_visit() {
  local name="$1" path="${2:-}" need
  case "${visited[$name]:-}" in
    done) return ;;
    open) die "the recipes form a cycle:$path $name" ;;
  esac
  visited[$name]=open
  for need in ${NEEDS[$name]}; do
    [ -n "${COST_SECONDS[$need]+x}" ] || die "recipe $name needs '$need', which has no recipe"
    graph_visit "$need" "$path $name"
  done
  visited[$name]=done
  ORDER+=("$name")
}
