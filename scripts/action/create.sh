#!/usr/bin/env bash
# Creates CLUSTER as the inputs say, without a proof: that is the next step's. What it says is kept in EVIDENCE.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/inputs.sh"

INPUT_NETWORK="$(with_commas "$INPUT_NETWORK")"
take_inputs FILE KUBERNETES CNI MULTUS CONTROL_PLANES WORKERS NETWORK TEST_NETWORKS BUNDLE TIMEOUT
exec > >(tee "$EVIDENCE/create.log") 2>&1
exec k8s-local create "$CLUSTER" --no-verify --timings --yes
