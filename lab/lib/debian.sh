# Debian root file systems, from the mirror that this machine's own package manager uses.

# debian_mirror [FOLDER] : the mirror's address, out of apt's sources (in /etc/apt) in either of their two formats.
debian_mirror() {
  local mirror apt="${1:-/etc/apt}"
  mirror="$(cat "$apt"/sources.list "$apt"/sources.list.d/*.{list,sources} 2>/dev/null |
    sed -nE -e 's#^URIs: *(\S+/debian)/? *$#\1#p' -e 's#^deb (\[[^]]*\] )?(\S+/debian)/? .*#\2#p' | head -n 1)" || true
  [ -n "$mirror" ] || { echo "no Debian mirror among the sources in $apt" >&2; return 1; }
  echo "$mirror"
}

# debian_bootstrap TREE PACKAGE… : a minimal Debian with the packages in the new folder TREE.
debian_bootstrap() {
  local tree="$1"
  shift
  contained debootstrap --variant=minbase --include="$(IFS=,; echo "$*")" "$DEBIAN_SUITE" "$tree" "$(debian_mirror)"
}

# debian_slim TREE : removes what containers do not read.
debian_slim() {
  rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* "$1"/usr/share/{doc,man,locale,info} "$1"/var/log/*
}

# contained COMMAND… : in mount and process namespaces of its own, so that whatever ends the build also ends what the
# command mounted and started.
contained() { unshare --mount --pid --fork --kill-child --mount-proc "$@"; }
