#!/usr/bin/env bash
# Proves CLUSTER: annotations and summary for GitHub, JUnit and JSON in EVIDENCE, each of REPORTS, and after a failure a diagnosis of the cluster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/inputs.sh"

# A variable of the job would be meant for create, whose networks are others.
unset K8S_LOCAL_NETWORK
INPUT_CHECK="$(with_commas "$INPUT_CHECK")"
take_inputs TIER CHECK BUNDLE TIMEOUT
reports=(--report github --report "junit=$EVIDENCE/verify.junit.xml" --report "json=$EVIDENCE/verify.json")
while IFS= read -r report; do
  reports+=(--report "$report")
done < <(lines_of "$REPORTS")
exec k8s-local verify "$CLUSTER" "${reports[@]}" --bundle-on-failure "$EVIDENCE"
