#!/usr/bin/env bash
# Puts k8s-local on the PATH of the steps that follow: the npm package of VERSION, or what this commit's sources build to.
set -euo pipefail

oldest=20.19.0
folder="$RUNNER_TEMP/k8s-local-program"

main() {
  mkdir -p "$folder/bin"
  needs_node
  if [ -n "$VERSION" ]; then
    npm install --global --prefix "$folder" --no-audit --no-fund "k8s-local@$VERSION"
  else
    build "$GITHUB_ACTION_PATH"
    ln -sfn "$GITHUB_ACTION_PATH/bin/run.js" "$folder/bin/k8s-local"
  fi
  echo "$folder/bin" >>"$GITHUB_PATH"
  "$folder/bin/k8s-local" --version
}

needs_node() {
  local found
  found="$(node --version 2>/dev/null || true)"
  if [ "$(printf 'v%s\n%s\n' "$oldest" "$found" | sort -V | head -n 1)" != "v$oldest" ]; then
    echo "::error title=k8s-local needs Node $oldest::found ${found:-none}: use actions/setup-node in a step before this one"
    exit 1
  fi
}

# A checkout that is built already stays as it is.
build() {
  if [ ! -e "$1/dist/cli.js" ]; then
    (cd "$1" && npm ci --no-audit --no-fund && npm run build)
  fi
}

main
