# Inputs of the action, as they come in variables.

# Hands the inputs of these names (INPUT_CNI for CNI) to k8s-local, as variables of its own (K8S_LOCAL_CNI). An empty input says nothing: what the
# job's own variables say then counts.
take_inputs() {
  local name input
  for name in "$@"; do
    input="INPUT_$name"
    if [ -n "${!input}" ]; then export "K8S_LOCAL_$name=${!input}"; fi
  done
}

# The items of a list, one a line, without spaces around them and without empty ones: a workflow has them on lines of their own, or with commas.
lines_of() {
  tr ',' '\n' <<<"$1" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'
}

# The same with commas between them, as variables of k8s-local have lists.
with_commas() {
  lines_of "$1" | paste -s -d ',' -
}
