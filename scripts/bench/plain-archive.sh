#!/usr/bin/env bash
# plain-archive.sh FROM TO : an image archive as `docker save` writes it, with its layers uncompressed. That is what
# `kind load docker-image` sends to the nodes, whatever the layers were in a registry or a bundle.
set -euo pipefail
from="$1" to="$2"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
tar --extract --file "$from" --directory "$stage"
for layer in "$stage"/*.tar; do
  case "$(od -An -N4 -tx1 "$layer" | tr -d ' ')" in
    28b52ffd) zstd -q -d <"$layer" >"$layer.plain" ;;
    1f8b*) gzip -d <"$layer" >"$layer.plain" ;;
    *) continue ;;
  esac
  mv "$layer.plain" "$layer"
done
tar --create --file "$to" --directory "$stage" manifest.json --exclude=./manifest.json .
