#!/usr/bin/env bash
# Decides what the later steps share, as outputs of this one: name of the cluster, its kubeconfig, and where reports and logs go.
set -euo pipefail

main() {
  local cluster="${NAME:-$(name_of_job)}"
  refuse_odd "$cluster"
  refuse_existing "$cluster"
  local folder="$RUNNER_TEMP/k8s-local-$cluster"
  mkdir -p "$folder/evidence"
  cat >>"$GITHUB_OUTPUT" <<EOF
cluster=$cluster
kubeconfig=$folder/kubeconfig
evidence=$folder/evidence
artifact=$(one_line "${ARTIFACT:-k8s-local-$cluster}")
EOF
  # For the caller's later steps, which have the cluster only when it stays.
  if [ "$DELETE" != true ]; then echo "KUBECONFIG=$folder/kubeconfig" >>"$GITHUB_ENV"; fi
}

# Two jobs on one machine never meet, nor do two attempts: what is deleted in the end is what this job has made.
name_of_job() {
  local job="$GITHUB_JOB $JOB_INDEX $GITHUB_RUN_ATTEMPT"
  echo "ci-$GITHUB_RUN_ID-$(printf %s "$job" | cksum | cut -d ' ' -f 1)"
}

refuse_odd() {
  if ! [[ "$1" =~ ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ ]]; then
    echo "::error title=No name for a cluster::use lower-case letters, digits and dashes"
    exit 2
  fi
}

# create would take over one that is there, and delete would remove it in the end.
refuse_existing() {
  local there='process.exitCode = JSON.parse(require("fs").readFileSync(0)).clusters.some(({name}) => name === process.argv[1]) ? 1 : 0'
  if ! k8s-local list --json | node -e "$there" "$1"; then
    echo "::error title=The cluster $1 exists already::give it another name, or delete it first: k8s-local delete $1 --yes"
    exit 6
  fi
}

# A line break would end the output and begin another.
one_line() {
  tr -d '\r\n' <<<"$1"
}

main
