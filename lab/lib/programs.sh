# Root file systems of images that hold a few programs of a Debian tree and nothing else.

# programs_base DIR TREE : folders, accounts and busybox applets. /var/run is /run, as the thick Multus daemon is given
# paths below either.
programs_base() {
  local dir="$1" applet
  mkdir -p "$dir"/{bin,etc,run,tmp,usr/bin,usr/sbin,var/log}
  chmod 1777 "$dir/tmp"
  ln -s /run "$dir/var/run"
  ln -s bin "$dir/sbin"
  printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$dir/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$dir/etc/group"
  cp "$2/bin/busybox" "$dir/bin/busybox"
  for applet in $("$dir/bin/busybox" --list); do
    [ -e "$dir/bin/$applet" ] || ln -s busybox "$dir/bin/$applet"
  done
}

# programs_copy DIR TREE PATH… : copies programs or libraries, following links, to the same paths, and all shared
# libraries they name. A file replaces a busybox applet of its name.
programs_copy() {
  local dir="$1" tree="$2" path library
  shift 2
  for path in "$@"; do
    programs_file "$dir" "$tree" "$path"
    [ ! -L "$dir/bin/$(basename "$path")" ] || ln -sf "$path" "$dir/bin/$(basename "$path")"
    for library in $(chroot "$tree" ldd "$path" 2>/dev/null | grep -o '/[^ )]*'); do
      programs_file "$dir" "$tree" "$library"
    done
  done
}

programs_file() {
  [ -e "$1$3" ] && [ ! -L "$1$3" ] && return
  mkdir -p "$1$(dirname "$3")"
  cp -L --remove-destination --preserve=mode "$2$3" "$1$3"
}
