# Programs of this machine that builds call. Needs log.sh and paths.sh.

# tools_ensure TOOL… : installs those that are missing and that Debian has; ends with one message about all others. The
# tool named root is there when the command runs as root.
tools_ensure() {
  local tool package packages=() absent=()
  for tool in $(printf '%s\n' "$@" | sort -u); do
    if [ "$tool" = root ]; then
      [ "$(id -u)" = 0 ] || die 'building root file systems needs root'
      continue
    fi
    ! command -v "$tool" >/dev/null || continue
    package="$(tools_package "$tool")"
    if [ -n "$package" ]; then packages+=("$package"); else absent+=("$tool"); fi
  done
  [ ${#absent[@]} = 0 ] || die "missing on this machine: ${absent[*]} (go: 1.26 or newer); install and repeat"
  [ ${#packages[@]} = 0 ] || tools_install "${packages[@]}"
}

# The Debian package of a tool; nothing for those that Debian lacks or has too old.
tools_package() {
  case "$1" in
    dockerd) echo docker.io ;;
    docker) echo docker-cli ;;
    ip) echo iproute2 ;;
    debootstrap | iptables | jq | rsync | zstd) echo "$1" ;;
    xz) echo xz-utils ;;
  esac
}

tools_install() {
  local log="$LAB_LOG/packages.log"
  [ "$(id -u)" = 0 ] || die "needs the Debian packages $*; install them, or run as root"
  command -v apt-get >/dev/null || die "needs the programs of the Debian packages $*, and this machine has no apt-get"
  say "installing from Debian: $*"
  # A source that does not answer need not be the one that counts. RUNLEVEL=1 keeps a package from starting its daemon.
  # What apt starts must not hold our locks.
  { apt-get update -q || true
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
      apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"; } >"$log" 2>&1 8>&- 9>&- || {
    tail -n 15 "$log" >&2
    die "apt-get could not install $*; all it said: $log"
  }
}
