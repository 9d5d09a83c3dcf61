# Cilium's agent, operator and small programs.
requires=(go jq)
inputs=(lib/golang.sh)
# Release 1.15 reads the list of loaded kernel modules and ends where the kernel has no such file. There the programs
# read a list in the image instead; the two paths are equally long.
if [ -e /proc/modules ]; then facts=(kernel-modules); else facts=(no-kernel-modules); fi
seconds=590 megabytes=2500

build() {
  local module=github.com/cilium/cilium file
  file="$(go_module_file "$module" "v$CILIUM_VERSION")"
  # Its replacements count only in a main module, so the wrapper repeats them.
  go_wrapper "$module" "v$CILIUM_VERSION" "replace (
$(sed -n '/^replace (/,/^)/{/ => /p}' "$file")
)"
  go_build "-X '$module/pkg/version.ciliumVersion=$CILIUM_VERSION lab 2026-01-01T00:00:00Z'" -tags osusergo \
    $module/{daemon,cilium-dbg,cilium-health,cilium-health/responder,plugins/cilium-cni,tools/mount,tools/sysctlfix}
  go_build "-X '$module/pkg/version.ciliumVersion=$CILIUM_VERSION lab 2026-01-01T00:00:00Z'" \
    -tags osusergo,ipam_provider_operator $module/operator
  cd "$out"
  mv daemon cilium-agent
  mv operator cilium-operator-generic
  mv responder cilium-health-responder
  mv mount cilium-mount
  mv sysctlfix cilium-sysctlfix
  [ "${facts[0]}" = kernel-modules ] || sed -i 's#/proc/modules#/etc/lab-mods#g' cilium-*
}
