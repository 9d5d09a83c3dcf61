#!/usr/bin/env bash
# Tells on the run's page how each part ended. The checks are told by verify itself; a create that failed by the end of its log.
set -euo pipefail

{
  echo "### k8s-local: cluster \`$CLUSTER\`"
  echo
  echo '| part | outcome |'
  echo '|---|---|'
  echo "| create | ${CREATE:-not started} |"
  if [ "${RUN:-skipped}" != skipped ]; then echo "| your commands | $RUN |"; fi
  echo "| verify | ${VERIFY:-not started} |"
  if [ "$CREATE" = failure ]; then
    echo
    echo '````text'
    tail -n 30 "$EVIDENCE/create.log"
    echo '````'
  fi
} >>"$GITHUB_STEP_SUMMARY"
