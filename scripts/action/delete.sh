#!/usr/bin/env bash
# Deletes CLUSTER, whatever became of create: one that is whole, one that a killed create left half made, or none at all.
set -euo pipefail

# cluster-not-found is KL-4004, cluster-busy KL-4003: seconds between attempts while the process of a cancelled step still ends, and how many there are.
pause="${PAUSE:-5}"
attempts=6

main() {
  local said code
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    code=0
    said="$(k8s-local delete "$CLUSTER" --yes 2>&1)" || code=$?
    printf '%s\n' "$said"
    case "$code:$said" in
      0:*) exit 0 ;;
      *KL-4004*) echo 'There is nothing to delete.' && exit 0 ;;
      *KL-4003*) sleep "$pause" ;;
      *) exit "$code" ;;
    esac
  done
  exit "$code"
}

main
